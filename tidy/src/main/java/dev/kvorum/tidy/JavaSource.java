package dev.kvorum.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * What the rules need to know of a Java file, read from its syntax tree (not resolved: names are as written).
 *
 * @param packageName as declared; empty when there is no declaration
 */
record JavaSource(
        TreeFile file, String packageName, List<DeclaredType> types, List<DeclaredMethod> methods, List<Use> uses) {

    /**
     * A declared class, interface, record, enum or annotation.
     *
     * @param name its simple name
     */
    record DeclaredType(String name, int line, List<Trait> traits) {

        boolean is(Trait trait) {
            return traits.contains(trait);
        }
    }

    /** What a rule asks of a type or method. */
    enum Trait {
        PUBLIC,
        TOP_LEVEL,
        DOCUMENTED,
        ANNOTATED,
        OVERRIDES,
        CONSTRUCTOR,
        TAKES_BOOLEAN
    }

    /**
     * A method or constructor with a body or without.
     *
     * @param name {@code Type.method}, or {@code Type} for a constructor
     * @param lines from its first modifier to its closing brace
     */
    record DeclaredMethod(String name, int line, int lines, int parameters, List<Trait> traits) {

        boolean is(Trait trait) {
            return traits.contains(trait);
        }
    }

    /**
     * A use of something that a rule watches.
     *
     * @param what {@code sleep}, {@code double} or {@code float}
     */
    record Use(String what, int line) {}

    /** What was parsed once: every rule asks for every file. */
    private static final Map<TreeFile, JavaSource> PARSED = new ConcurrentHashMap<>();

    static JavaSource of(TreeFile file) {
        return PARSED.computeIfAbsent(file, JavaSource::parse);
    }

    private static JavaSource parse(TreeFile file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("the tidy test needs a JDK, not only a runtime");
        }
        JavacTask task = (JavacTask) compiler.getTask(null, null, ignored -> {}, null, null, List.of(new Text(file)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            return new SourceScan(file, unit, DocTrees.instance(task)).read();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Stream<JavaSource> parseAll(Tree tree) {
        return tree.java().map(JavaSource::of);
    }

    Finding at(int line, String message) {
        return new Finding(file.path(), line, message);
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String content;

        Text(TreeFile file) {
            super(URI.create("string:///" + file.path()), Kind.SOURCE);
            this.content = file.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
