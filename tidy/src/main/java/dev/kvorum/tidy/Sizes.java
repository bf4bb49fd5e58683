package dev.kvorum.tidy;

import dev.kvorum.tidy.JavaSource.Trait;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measures everything that has a mark in style, and keeps what is above it. */
final class Sizes {

    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 25;
    private static final int CONSTRUCTOR_PARAMETERS = 5;
    private static final int LINE_LENGTH = 120;
    private static final int POM_LINES = 40;

    private final SortedMap<String, Integer> above = new TreeMap<>();

    private Sizes() {}

    /** What is above its mark: {@code "method-lines path#Type.method"} to 31, and the like. */
    static SortedMap<String, Integer> aboveTheMarks(Tree tree) {
        Sizes sizes = new Sizes();
        tree.files().forEach(sizes::measureFile);
        JavaSource.parseAll(tree).forEach(sizes::measureSource);
        DeadFileRule.deadTypes(tree).forEach(dead -> sizes.keep("dead-types", dead.path(), 1, 0));
        return sizes.above;
    }

    private void measureFile(TreeFile file) {
        if (file.isJava() || file.isScript()) {
            keep("file-lines", file.path(), file.lines().size(), FILE_LINES);
            keep("long-lines", file.path(), longLinesOf(file), 0);
        }
        if (file.name().equals("pom.xml") && !file.directory().isEmpty()) {
            keep("pom-lines", file.path(), file.lines().size(), POM_LINES);
        }
    }

    private void measureSource(JavaSource source) {
        int takeBooleans = 0;
        for (JavaSource.DeclaredMethod method : source.methods()) {
            String place = source.file().path() + "#" + method.name();
            keep("method-lines", place, method.lines(), METHOD_LINES);
            if (method.is(Trait.CONSTRUCTOR)) {
                keep("constructor-parameters", place, method.parameters(), CONSTRUCTOR_PARAMETERS);
            } else if (method.is(Trait.PUBLIC) && method.is(Trait.TAKES_BOOLEAN) && !method.is(Trait.OVERRIDES)) {
                takeBooleans++;
            }
        }
        keep("boolean-parameters", source.file().path(), takeBooleans, 0);
    }

    private static int longLinesOf(TreeFile file) {
        return (int) file.lines().stream()
                .filter(line -> line.codePointCount(0, line.length()) > LINE_LENGTH)
                .count();
    }

    private void keep(String what, String where, int size, int mark) {
        if (size > mark) {
            above.merge(what + " " + where, size, Math::max);
        }
    }
}
