package dev.kvorum.local.launch;

/** A command line of the launcher, understood. */
sealed interface Command {

    /** Start the cluster, or leave it as it is. */
    record Up() implements Command {}

    /** Stop it; keep or delete its data. */
    record Down(Volumes volumes) implements Command {}

    /** Say what runs. */
    record Status(Output output) implements Command {}

    /** Say what the nodes hold, and who decides it. */
    record Ring(Output output) implements Command {}

    /** Say how the nodes see each other. */
    record Members(Output output) implements Command {}

    /** Build a new group of the authority where most voters are gone; or only say what that would mean. */
    record Recover(Consent consent) implements Command {}

    /** Show what a process says, or all of them. */
    record Logs(String name) implements Command {}

    /** Read, write or delete one key. */
    record Get(String key) implements Command {}

    record Put(String key, String value) implements Command {}

    record Delete(String key) implements Command {}

    /** Be the stand-in; what {@code up} starts. */
    record Serve() implements Command {}

    /** Do what each start would do otherwise; what the build ends with. */
    record Prepare() implements Command {}

    enum Volumes {
        KEEP,
        PURGE
    }

    enum Consent {
        ASKED,
        GIVEN
    }

    enum Output {
        TABLE,
        JSON
    }
}
