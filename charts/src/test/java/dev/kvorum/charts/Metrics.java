package dev.kvorum.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that nodes and operator expose, from the pages that tests of theirs compare with a scrape. */
record Metrics(SortedSet<String> names) {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)(\\{[^`]*})?` \\|");
    private static final Pattern USED = Pattern.compile("\\b(kvorum|jvm|process|system|vertx|http)_[a-z0-9_]+\\b");
    private static final String PARTS = "_(bucket|sum|count|max)$";

    static Metrics documented() throws IOException {
        var names = new TreeSet<String>();
        for (String page : List.of("metrics.md", "operator-settings.md")) {
            String text = Files.readString(Path.of("../docs/reference", page));
            ROW.matcher(text).results().map(row -> row.group(1)).forEach(names::add);
        }
        return new Metrics(names);
    }

    /** What an expression uses and nobody exposes. */
    List<String> unknownIn(String expression) {
        Stream<String> used = USED.matcher(expression).results().map(MatchResult::group);
        return used.distinct()
                .filter(name -> !names.contains(name) && !names.contains(name.replaceFirst(PARTS, "")))
                .toList();
    }
}
