package dev.kvorum.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is above a mark today, committed as numbers that may only go down. There are no exemptions: a number that grew
 * fails, and so does one that could be lowered, because the next change would use up the difference.
 */
record Ratchet(SortedMap<String, Integer> allowed) {

    static final String PATH = "tidy/ratchet.txt";

    /** Reads lines of {@code number what where}; blank lines and those from {@code #} on are comments. */
    static Ratchet parse(String text) {
        SortedMap<String, Integer> allowed = new TreeMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(" ", 2);
            allowed.put(parts[1], Integer.parseInt(parts[0]));
        });
        return new Ratchet(allowed);
    }

    List<Finding> check(SortedMap<String, Integer> measured) {
        List<Finding> findings = new ArrayList<>();
        measured.forEach((what, size) -> {
            int limit = allowed.getOrDefault(what, 0);
            if (size > limit) {
                findings.add(finding(limit == 0 ? "is above the mark" : "grew from " + limit, size, what));
            } else if (size < limit) {
                findings.add(finding("shrank from " + limit + ", thank you: write it down", size, what));
            }
        });
        allowed.forEach((what, limit) -> {
            if (!measured.containsKey(what)) {
                findings.add(new Finding(
                        PATH, 0, "is below the mark now, thank you: delete the line: " + limit + " " + what));
            }
        });
        return findings;
    }

    private static Finding finding(String problem, int size, String what) {
        return new Finding(PATH, 0, problem + ": " + size + " " + what);
    }
}
