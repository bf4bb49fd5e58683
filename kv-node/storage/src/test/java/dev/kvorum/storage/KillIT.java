package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, really killed in the middle of writing, again and again. */
class KillIT {

    private static final int ROUNDS = 8;

    @Test
    void everyAcknowledgedWriteOfAKilledProcessIsThereAndTheVolumeVotesAtOnce(@TempDir Path directory)
            throws Exception {
        Volume volume = new Volume(directory);
        volume.open().close();
        long next = 1;
        for (int round = 0; round < ROUNDS; round++) {
            long acknowledged = writeUntilKilled(volume, next, 200 + 700 * round);
            Recovery verdict = volume.recover();
            assertThat(verdict).as("round %d", round).isInstanceOf(Recovery.Clean.class);
            try (NodeStorage storage = Volume.storage(verdict)) {
                Volume.assertHolds(storage, next, acknowledged);
            }
            next = acknowledged + 1;
        }
        try (NodeStorage storage = volume.open()) {
            Volume.assertHolds(storage, 1, next - 1);
        }
    }

    /** Returns the last number that the process acknowledged before it died. */
    private static long writeUntilKilled(Volume volume, long from, int acknowledgements) throws IOException {
        Process writer = new ProcessBuilder(command(volume, from))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader acks = writer.inputReader()) {
            long last = from - 1;
            for (String line = acks.readLine(); line != null; line = acks.readLine()) {
                // A line cut off by the kill has no dot.
                last = line.endsWith(".") ? Long.parseLong(line.substring(0, line.length() - 1)) : last;
                if (last >= from + acknowledgements) {
                    // By its handle, which leaves the pipe open for what it still said.
                    writer.toHandle().destroyForcibly();
                }
            }
            return last;
        } finally {
            writer.destroyForcibly();
        }
    }

    private static List<String> command(Volume volume, long from) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                AckingWriter.class.getName(),
                volume.directory().toString(),
                Long.toString(from));
    }
}
