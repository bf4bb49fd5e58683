package dev.kvorum.e2e.ground;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The ground of this run: one for all tests, started when it is first asked for, taken down when the JVM ends. */
public final class Grounds {

    private static @Nullable Ground shared;
    private static String failure = "";

    private Grounds() {}

    /**
     * Tries to start it once: what it could not do for the first test it will not do for the next.
     *
     * @throws IllegalStateException with the reason if it cannot be started
     */
    public static synchronized Ground shared() {
        if (shared == null && failure.isEmpty()) {
            try {
                shared = start();
            } catch (RuntimeException | AssertionError e) {
                e.printStackTrace();
                failure = e.toString();
            }
        }
        if (shared == null) {
            throw new IllegalStateException("the ground could not be started: " + failure);
        }
        return shared;
    }

    /** The ground of this run, of which a test said that it needs the launcher. */
    public static StandInGround standIn() {
        return (StandInGround) shared();
    }

    private static Ground start() {
        Path home = Path.of(System.getProperty("kvorum.home")).toAbsolutePath().normalize();
        Ground started = GroundKind.chosen().start(home);
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "ground-down"));
        return started;
    }
}
