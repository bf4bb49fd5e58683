package dev.kvorum.core.authority;

/** How a process comes to its node. */
public sealed interface Arrival {

    /** What it says of itself. */
    Start start();

    /** With the content that its volume had, or as a node that never was. */
    record Kept(Start start) implements Arrival {}

    /** On a volume that holds nothing yet, in place of one that was wiped, damaged or an old copy. */
    record Anew(Start start, Proof proof) implements Arrival {}
}
