package dev.kvorum.tidy;

import dev.kvorum.tidy.JavaSource.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Nothing is kept that nobody reads: leftovers, pages without a link, types and resources that nothing names. */
final class DeadFileRule {

    private static final Pattern LEFTOVER =
            Pattern.compile("(?i).*([.](orig|rej|bak|swp|tmp|log|class)|~|[.]ds_store)");
    private static final Pattern WORD = Pattern.compile("\\w+");
    /** Files that a tool finds by their name. */
    private static final Set<String> CONVENTIONAL = Set.of(
            "logback.xml",
            "logback-test.xml",
            "application.properties",
            "junit-platform.properties",
            "package-info.java");

    private DeadFileRule() {}

    static List<Finding> check(Tree tree) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(where(tree, file -> LEFTOVER.matcher(file.name()).matches(), "is a leftover"));
        findings.addAll(where(tree, file -> file.text().isBlank(), "is empty, or is not text"));
        findings.addAll(where(tree, page -> isPage(page) && !isLinked(tree, page), "no page links to it"));
        findings.addAll(where(tree, file -> isResource(file) && !isNamed(tree, file), "nothing names it"));
        return findings;
    }

    /** Types of main code that no other file names, not even a test. Today's stand in the ratchet. */
    static List<TreeFile> deadTypes(Tree tree) {
        SortedMap<String, Integer> filesNaming = filesByWord(tree);
        return tree.files().stream()
                .filter(DeadFileRule::isMainType)
                .filter(file -> filesNaming.getOrDefault(file.name().replace(".java", ""), 0) < 2)
                .filter(file -> !isFoundByAFramework(file))
                .toList();
    }

    private static List<Finding> where(Tree tree, Predicate<TreeFile> dead, String message) {
        return tree.files().stream()
                .filter(dead)
                .map(file -> new Finding(file.path(), 0, message + ": delete it or use it"))
                .toList();
    }

    private static boolean isPage(TreeFile file) {
        return file.isMarkdown() && file.path().startsWith("docs/");
    }

    private static boolean isLinked(Tree tree, TreeFile page) {
        return tree.markdown()
                .filter(other -> !other.equals(page))
                .anyMatch(other -> LinkRule.linksOf(other).stream()
                        .anyMatch(link -> LinkRule.targetOf(other, link).equals(page.path())));
    }

    private static boolean isResource(TreeFile file) {
        return (file.path().contains("/src/main/resources/") || file.path().contains("/src/test/resources/"))
                && !file.path().contains("/META-INF/")
                && !CONVENTIONAL.contains(file.name());
    }

    /** By its own name or by that of its directory, which a test may list. */
    private static boolean isNamed(Tree tree, TreeFile resource) {
        String directory = resource.directory().substring(resource.directory().lastIndexOf('/') + 1);
        return isMentioned(tree, resource, Pattern.quote(resource.name()))
                || (!directory.equals("resources")
                        && isMentioned(tree, resource, "\\b" + Pattern.quote(directory) + "/?\""));
    }

    private static boolean isMainType(TreeFile file) {
        return file.isJava() && file.isMain() && !CONVENTIONAL.contains(file.name());
    }

    private static boolean isFoundByAFramework(TreeFile file) {
        Set<Boolean> annotated = JavaSource.of(file).types().stream()
                .filter(type -> type.is(Trait.TOP_LEVEL))
                .map(type -> type.is(Trait.ANNOTATED))
                .collect(Collectors.toSet());
        return annotated.contains(true);
    }

    /** In how many files each word stands. */
    private static SortedMap<String, Integer> filesByWord(Tree tree) {
        SortedMap<String, Integer> count = new TreeMap<>();
        for (TreeFile file : tree.files()) {
            if (file.path().equals(Ratchet.PATH)) {
                continue; // it names what is dead
            }
            WORD.matcher(file.text())
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .forEach(word -> count.merge(word, 1, Integer::sum));
        }
        return count;
    }

    private static boolean isMentioned(Tree tree, TreeFile file, String pattern) {
        Pattern name = Pattern.compile(pattern);
        return tree.files().stream()
                .filter(other -> !other.path().equals(file.path()))
                .anyMatch(other -> name.matcher(other.text()).find());
    }
}
