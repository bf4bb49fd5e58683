package dev.kvorum.e2e.ground;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The ground of this run: one for all tests, started when it is first asked for, taken down when the JVM ends. */
public final class Grounds {

    private static @Nullable Ground shared;

    private Grounds() {}

    public static synchronized Ground shared() {
        if (shared == null) {
            Path home =
                    Path.of(System.getProperty("kvorum.home")).toAbsolutePath().normalize();
            Ground started = GroundKind.chosen().start(home);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "ground-down"));
            shared = started;
        }
        return shared;
    }

    /** The ground of this run, of which a test said that it needs the launcher. */
    public static StandInGround standIn() {
        return (StandInGround) shared();
    }
}
