package dev.kvorum.tidy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Names that say nothing: words that could stand before or after any type, and packages for whatever has no place. */
final class NameRules {

    private static final Set<String> EMPTY_WORDS =
            Set.of("Impl", "Abstract", "Base", "Helper", "Helpers", "Util", "Utils", "Manager", "Data", "Info");
    private static final Set<String> EMPTY_PACKAGES =
            Set.of("impl", "util", "utils", "common", "manager", "helper", "model", "service");

    private NameRules() {}

    static List<Finding> types(Tree tree) {
        return JavaSource.parseAll(tree).flatMap(NameRules::emptyWordsIn).toList();
    }

    static List<Finding> packages(Tree tree) {
        return JavaSource.parseAll(tree)
                .filter(source -> Stream.of(source.packageName().split("\\.")).anyMatch(EMPTY_PACKAGES::contains))
                .map(source -> source.at(1, "package " + source.packageName() + " is named after nothing that it does"))
                .toList();
    }

    private static Stream<Finding> emptyWordsIn(JavaSource source) {
        return source.types().stream()
                .flatMap(type -> emptyWordOf(type.name()).stream()
                        .map(word ->
                                source.at(type.line(), type.name() + ": '" + word + "' says nothing; say what it is")));
    }

    private static Optional<String> emptyWordOf(String name) {
        List<String> words = List.of(name.split("(?<=[a-z0-9])(?=[A-Z])"));
        return Stream.of(words.getFirst(), words.getLast())
                .filter(EMPTY_WORDS::contains)
                .findFirst();
    }
}
