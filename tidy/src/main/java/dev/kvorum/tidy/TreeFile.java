package dev.kvorum.tidy;

import java.util.List;

/**
 * One committed file.
 *
 * @param path relative to the root of the checkout, with slashes
 * @param text its content; empty when it is not text
 */
record TreeFile(String path, String text, Mode mode) {

    /** Whether the file system lets it be started. */
    enum Mode {
        PLAIN,
        EXECUTABLE
    }

    static TreeFile of(String path, String text) {
        return new TreeFile(path, text, Mode.PLAIN);
    }

    /** The last part of the path. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The directory it is in; empty at the root. */
    String directory() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** The directory that holds {@code src}, such as {@code kv-node/core}; empty outside a module's sources. */
    String module() {
        int source = path.indexOf("/src/");
        return source < 0 ? "" : path.substring(0, source);
    }

    boolean isJava() {
        return path.endsWith(".java");
    }

    boolean isMarkdown() {
        return path.endsWith(".md");
    }

    boolean isMain() {
        return path.contains("/src/main/");
    }

    boolean isTest() {
        return path.contains("/src/test/");
    }

    boolean isScript() {
        return text.startsWith("#!");
    }

    List<String> lines() {
        return text.lines().toList();
    }
}
