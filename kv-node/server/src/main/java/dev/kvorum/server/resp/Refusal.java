package dev.kvorum.server.resp;

/** A command that cannot be carried out as it was written; the message is the error line without its minus sign. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refusal(String line) {
        super(line, null, false, false);
    }

    static Refusal syntax() {
        return new Refusal("ERR syntax error");
    }

    String line() {
        return String.valueOf(getMessage());
    }
}
