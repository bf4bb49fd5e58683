package dev.kvorum.operator.node;

/** How this operator stands to the authority of one cluster. */
public sealed interface Session {

    /** It has opened none yet. */
    record None() implements Session {}

    /** It may change what the authority decides, until another opens one. */
    record Open(long number) implements Session {}

    /** Another operator has; {@code why} is for people. */
    record Superseded(String why) implements Session {}
}
