package dev.kvorum.local.cel;

/** A validation rule that does not compile; the message names the schema path, the rule and the place in it. */
public final class InvalidRuleException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidRuleException(String path, String rule, String reason) {
        super(path + ": compilation failed: " + reason + " in rule: " + rule);
    }
}
