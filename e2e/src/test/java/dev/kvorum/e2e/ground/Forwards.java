package dev.kvorum.e2e.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/**
 * Doors of pods whose addresses are not reached from here: {@code kubectl port-forward} at a loopback address per
 * pod, at the same ports, started again for each new life of a pod.
 */
final class Forwards implements AutoCloseable {

    private static final List<String> DOORS = List.of("8080", "6379", "9600");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Kubectl kubectl;
    private final Map<String, Forward> byPod = new ConcurrentHashMap<>();

    private record Forward(String life, Process process, String address) {}

    Forwards(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    /** The address of the node's doors here; waits until they are open. */
    String address(Node node) {
        return byPod.compute(node.name(), (pod, known) -> {
                    if (known != null
                            && known.life().equals(node.process())
                            && known.process().isAlive()) {
                        return known;
                    }
                    String address = known == null ? "127.3.0." + (byPod.size() + 1) : known.address();
                    if (known != null) {
                        known.process().destroy();
                    }
                    return start(node, address);
                })
                .address();
    }

    private Forward start(Node node, String address) {
        List<String> command =
                new ArrayList<>(kubectl.command("port-forward", "--address", address, "pod/" + node.name()));
        command.addAll(DOORS);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(kubectl.environment());
            Process process = builder.start();
            Awaitility.await().atMost(LIMIT).until(() -> isOpen(address));
            return new Forward(node.process(), process, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOpen(String address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, 6379), 500);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        byPod.values().forEach(forward -> forward.process().destroy());
    }
}
