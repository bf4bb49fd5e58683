package dev.kvorum.local.launch;

import dev.kvorum.local.kubelet.Children;
import dev.kvorum.local.kubelet.Children.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Stops everything that belongs to the home directory, whoever started it. */
final class Down {

    private static final Duration GRACE = Duration.ofSeconds(40);

    private final Home home;

    Down(Home home) {
        this.home = home;
    }

    int run(Command.Volumes volumes) throws FailedException, IOException, InterruptedException {
        int ended = endAll();
        System.err.println(ended == 0 ? "Nothing was running." : "Stopped " + ended + " processes.");
        if (volumes == Command.Volumes.PURGE) {
            delete(home.state());
            System.err.println("Deleted " + home.state() + ".");
        }
        return 0;
    }

    /** First the stand-in, which ends its children in order; then what is left, as after a kill -9 of the stand-in. */
    int endAll() throws FailedException, InterruptedException {
        Children children = home.children();
        int before = children.running().size();
        end(children.running().stream()
                .filter(child -> child.name().equals(Status.STAND_IN))
                .toList());
        end(children.running());
        List<Child> left = children.running();
        if (!left.isEmpty()) {
            throw new FailedException("these processes would not end: " + left);
        }
        return before;
    }

    private static void end(List<Child> children) throws InterruptedException {
        CompletableFuture<?> all = CompletableFuture.allOf(
                children.stream().map(child -> child.process().onExit()).toArray(CompletableFuture<?>[]::new));
        children.forEach(child -> child.process().destroy());
        try {
            all.get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            children.forEach(child -> child.process().destroyForcibly());
            all.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walked = Files.walk(directory)) {
            for (Path path : walked.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
