package dev.kvorum.server.config;

/** A configuration that a node must not start with. The message is one sentence for the person who wrote it. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidConfiguration(String sentence) {
        super(sentence);
    }
}
