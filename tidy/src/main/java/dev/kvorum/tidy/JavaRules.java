package dev.kvorum.tidy;

import dev.kvorum.tidy.JavaSource.Trait;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about what stands in a Java file: documentation, sleeping tests, floating point in decisions. */
final class JavaRules {

    private static final Pattern TEST =
            Pattern.compile("(?m)^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");

    private JavaRules() {}

    /** Public top-level types of main code have a class comment. */
    static List<Finding> documented(Tree tree) {
        return JavaSource.parseAll(tree)
                .filter(source -> source.file().isMain())
                .flatMap(source -> source.types().stream()
                        .filter(type -> type.is(Trait.PUBLIC) && type.is(Trait.TOP_LEVEL) && !type.is(Trait.DOCUMENTED))
                        .map(type -> source.at(
                                type.line(), type.name() + " is public: say in one to five sentences what for")))
                .toList();
    }

    /** Classes with tests have a name that the build looks for; tests of another class would never run. */
    static List<Finding> found(Tree tree) {
        return tree.java()
                .filter(file -> file.isTest() && TEST.matcher(file.text()).find())
                .filter(file -> !file.name().matches(".*(Test|IT|E2E)[.]java"))
                .map(file -> new Finding(file.path(), 0, "has tests that nobody runs: end its name in Test, IT or E2E"))
                .toList();
    }

    /** Tests never sleep: they wait for what they need, or move a clock of their own. */
    static List<Finding> awake(Tree tree) {
        return uses(tree.java().filter(TreeFile::isTest), "sleep", "sleeps: wait for the condition, or step the clock");
    }

    /** The protocols decide by integers: floating point rounds differently from what a reader computes. */
    static List<Finding> integers(Tree tree) {
        return Stream.of("double", "float")
                .flatMap(type -> uses(
                        tree.java().filter(file -> file.path().startsWith("kv-node/core/src/main/")),
                        type,
                        type + " in a protocol: count in integers, per mille if need be")
                        .stream())
                .toList();
    }

    private static List<Finding> uses(Stream<TreeFile> files, String what, String message) {
        return files.map(JavaSource::of)
                .flatMap(source -> source.uses().stream()
                        .filter(use -> use.what().equals(what))
                        .map(use -> source.at(use.line(), message)))
                .toList();
    }
}
