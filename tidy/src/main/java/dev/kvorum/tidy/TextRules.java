package dev.kvorum.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Words that must not be committed anywhere. The patterns are written with character classes so that none of them finds
 * itself.
 */
final class TextRules {

    private static final Pattern REGISTRY_HOST =
            Pattern.compile("repo\\d?[.](maven|spring|jenkins)|(central|oss|s01)[.]sonatype"
                    + "|registry[.](npmjs|yarnpkg|k8s)|(plugins|services)[.]gradle|pypi[.]org|files[.]pythonhosted"
                    + "|crates[.]io|proxy[.]golang|(?<![\\w-])(docker[.]io|quay[.]io|ghcr[.]io|gcr[.]io)");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.~-])/(work|root)/|/tmp/[k]\\b|(?<![\\w.~-])/(home|Users)/\\w");
    private static final Pattern NEIGHBOUR = Pattern.compile("[.][.]/share[d]");
    private static final Pattern OPEN_END = Pattern.compile("\\b(TOD[O]|FIXM[E]|XX[X])\\b(?!\\(#\\d+\\))");
    private static final Pattern AUTHOR = Pattern.compile("^\\s*(/?[*]+|///).*[@]author\\b");

    private TextRules() {}

    static List<Finding> registryHosts(Tree tree) {
        return find(
                tree, REGISTRY_HOST, file -> true, "names a registry; each build says itself where its jars come from");
    }

    static List<Finding> machinePaths(Tree tree) {
        return find(
                tree,
                MACHINE_PATH,
                file -> true,
                "names a directory of one machine; take a relative path or a variable");
    }

    static List<Finding> neighbours(Tree tree) {
        return find(
                tree, NEIGHBOUR, file -> !mayLookOutside(file), "only .ci/run and e2e may look outside the checkout");
    }

    static List<Finding> openEnds(Tree tree) {
        return find(
                tree, OPEN_END, file -> true, "is an open end without an issue: finish it, or write its number: (#12)");
    }

    static List<Finding> authors(Tree tree) {
        return find(tree, AUTHOR, TreeFile::isJava, "is an author tag; the history knows who wrote what");
    }

    private static boolean mayLookOutside(TreeFile file) {
        return file.path().equals(".ci/run") || file.path().startsWith("e2e/");
    }

    private static List<Finding> find(Tree tree, Pattern pattern, Predicate<TreeFile> where, String message) {
        return tree.files().stream()
                .filter(where)
                .flatMap(file -> find(file, pattern, message).stream())
                .toList();
    }

    private static List<Finding> find(TreeFile file, Pattern pattern, String message) {
        List<Finding> findings = new ArrayList<>();
        List<String> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            var match = pattern.matcher(lines.get(i));
            if (match.find()) {
                findings.add(new Finding(file.path(), i + 1, '"' + match.group() + "\" " + message));
            }
        }
        return findings;
    }
}
