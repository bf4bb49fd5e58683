package dev.kvorum.local.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Runs one command line. */
public final class Launcher {

    private Launcher() {}

    /** Answers the exit code: 0 done, 1 not done, 2 misuse. */
    public static int run(String... arguments) {
        try {
            return run(CommandLine.parse(List.of(arguments)), Home.find());
        } catch (MisuseException e) {
            System.err.println("kvorum: " + e.getMessage());
            return 2;
        } catch (FailedException e) {
            System.err.println("kvorum: " + e.getMessage());
            return 1;
        } catch (IOException | UncheckedIOException e) {
            System.err.println("kvorum: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int run(Command command, Home home) throws FailedException, IOException, InterruptedException {
        return switch (command) {
            case Command.Up() -> new Up(home).run();
            case Command.Down(Command.Volumes volumes) -> new Down(home).run(volumes);
            case Command.Status(Command.Output output) -> new Status(home).print(output);
            case Command.Ring(Command.Output output) -> new NodeDoor(home).print("ring", output, Tables::ring);
            case Command.Members(Command.Output output) -> new NodeDoor(home).print("members", output, Tables::members);
            case Command.Recover(Command.Consent consent) -> new NodeDoor(home).recover(consent);
            case Command.Logs(String name) -> Logs.print(home, name);
            case Command.Get(String key) -> new Keys(home).get(key);
            case Command.Put(String key, String value) -> new Keys(home).put(key, value);
            case Command.Delete(String key) -> new Keys(home).delete(key);
            case Command.Serve() -> Serve.run(home);
            case Command.Prepare() -> {
                Builds.find(home).prepare();
                yield 0;
            }
        };
    }
}
