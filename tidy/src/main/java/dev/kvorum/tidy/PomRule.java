package dev.kvorum.tidy;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a POM must not bring in: mocks instead of fakes, and versions anywhere but in the root. */
final class PomRule {

    private static final SortedMap<String, String> UNWANTED = new TreeMap<>();

    static {
        UNWANTED.put("mockito", "we write fakes: a fake says what it does, a mock says what the test wants to hear");
        UNWANTED.put("jqwik", "laws run over our own seeds, which every failure prints");
        UNWANTED.put("lombok", "records say it in plain Java");
    }

    private static final Pattern LITERAL_VERSION =
            Pattern.compile("<dependency>.*?<version>\\d.*?</dependency>", Pattern.DOTALL);

    private PomRule() {}

    static List<Finding> check(Tree tree) {
        return tree.files().stream()
                .filter(file -> file.name().equals("pom.xml"))
                .flatMap(pom -> UNWANTED.entrySet().stream()
                        .filter(unwanted -> pom.text().contains(unwanted.getKey()))
                        .map(unwanted -> new Finding(pom.path(), 0, unwanted.getKey() + ": " + unwanted.getValue())))
                .toList();
    }

    static List<Finding> versions(Tree tree) {
        return tree.files().stream()
                .filter(file ->
                        file.name().equals("pom.xml") && !file.directory().isEmpty())
                .filter(pom -> LITERAL_VERSION.matcher(pom.text()).find())
                .map(pom ->
                        new Finding(pom.path(), 0, "has a literal version: name it in the properties of the root POM"))
                .toList();
    }
}
