package dev.kvorum.tidy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Relative links of Markdown pages lead to a file of the checkout and, with an anchor, to a heading in it. */
final class LinkRule {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *$");

    private LinkRule() {}

    static List<Finding> check(Tree tree) {
        List<Finding> findings = new ArrayList<>();
        tree.markdown().forEach(page -> {
            for (String link : linksOf(page)) {
                problemOf(tree, page, link).ifPresent(problem -> findings.add(new Finding(page.path(), 0, problem)));
            }
        });
        return findings;
    }

    /** The link targets of a page that stay inside the checkout. */
    static List<String> linksOf(TreeFile page) {
        Matcher links = LINK.matcher(FENCED.matcher(page.text()).replaceAll(""));
        return links.results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** The path that a link on a page means, without its anchor. */
    static String targetOf(TreeFile page, String link) {
        String path = link.replaceFirst("#.*", "");
        if (path.isEmpty()) {
            return page.path();
        }
        String resolved =
                URI.create("/" + page.path()).resolve(path).normalize().getPath();
        return resolved.replaceFirst("^/", "").replaceFirst("/$", "");
    }

    private static Optional<String> problemOf(Tree tree, TreeFile page, String link) {
        String target = targetOf(page, link);
        if (!tree.has(target)) {
            return Optional.of("link to " + link + " leads nowhere");
        }
        int hash = link.indexOf('#');
        if (hash < 0
                || tree.file(target)
                        .filter(file -> hasHeading(file, link.substring(hash + 1)))
                        .isPresent()) {
            return Optional.empty();
        }
        return Optional.of("link to " + link + ": the page has no such heading");
    }

    private static boolean hasHeading(TreeFile page, String anchor) {
        return HEADING.matcher(FENCED.matcher(page.text()).replaceAll(""))
                .results()
                .map(heading -> anchorOf(heading.group(1)))
                .collect(Collectors.toSet())
                .contains(anchor);
    }

    private static String anchorOf(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }
}
