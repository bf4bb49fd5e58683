package dev.kvorum.tidy;

/**
 * One breach of a rule.
 *
 * @param path relative to the root of the checkout, with slashes
 * @param line from 1; 0 when the file as a whole is meant
 * @param message what is wrong and what to do instead
 */
record Finding(String path, int line, String message) {

    @Override
    public String toString() {
        return line == 0 ? path + ": " + message : path + ":" + line + ": " + message;
    }
}
