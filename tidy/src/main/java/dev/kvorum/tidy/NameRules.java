package dev.kvorum.tidy;

import dev.kvorum.tidy.JavaSource.DeclaredType;
import java.util.List;
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
                .filter(NameRules::startsOrEndsEmpty)
                .map(type ->
                        source.at(type.line(), type.name() + ": say what it is; '" + EMPTY_WORDS + "' says nothing"));
    }

    private static boolean startsOrEndsEmpty(DeclaredType type) {
        List<String> words = List.of(type.name().split("(?<=[a-z0-9])(?=[A-Z])"));
        return EMPTY_WORDS.contains(words.getFirst()) || EMPTY_WORDS.contains(words.getLast());
    }
}
