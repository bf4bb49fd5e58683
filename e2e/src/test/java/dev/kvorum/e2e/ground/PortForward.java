package dev.kvorum.e2e.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A {@code kubectl port-forward} that runs: doors of a pod or a Service at a loopback address. */
public final class PortForward implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int RESP = 6379;

    private final Process process;
    private final String address;

    private PortForward(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Waits until the doors are open.
     *
     * @param words the target, its namespace if need be, and the ports, that of RESP among them
     */
    static PortForward open(Kubectl kubectl, String address, List<String> words) {
        List<String> command = new ArrayList<>(kubectl.command("port-forward", "--address", address));
        command.addAll(words);
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(kubectl.environment());
            Process process = builder.start();
            Awaitility.await().atMost(LIMIT).until(() -> isOpen(address));
            return new PortForward(process, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOpen(String address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, RESP), 500);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    public String address() {
        return address;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
