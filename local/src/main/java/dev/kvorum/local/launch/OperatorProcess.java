package dev.kvorum.local.launch;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps the operator running as a child process, as its Deployment would. */
final class OperatorProcess implements AutoCloseable {

    static final String NAME = "operator";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final long STOP_SECONDS = 8;

    private final Home home;
    private final List<String> arguments;
    private final Thread thread = Thread.ofVirtual().name(NAME).unstarted(this::run);
    private volatile @Nullable Process process;

    private OperatorProcess(Home home, List<String> arguments) {
        this.home = home;
        this.arguments = arguments;
    }

    static OperatorProcess start(Home home, Builds builds) {
        OperatorProcess operator = new OperatorProcess(home, builds.operator().arguments());
        operator.thread.start();
        return operator;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Process started = launch();
                process = started;
                int code = started.waitFor();
                System.getLogger(NAME).log(System.Logger.Level.WARNING, "the operator exited with " + code);
                Thread.sleep(pause);
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.getLogger(NAME).log(System.Logger.Level.ERROR, "cannot start the operator", e);
        }
    }

    private Process launch() throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(home.children().java(NAME, "127.0.0.1:" + port));
        command.addAll(home.layout().nameFlags());
        command.addAll(arguments);
        Files.createDirectories(home.operatorLog().getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.state().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.operatorLog().toFile()));
        builder.environment().put("KUBECONFIG", home.kubeconfig().toString());
        builder.environment().put("KVORUM_OPERATOR_HTTP_HOST", "127.0.0.1");
        builder.environment().put("KVORUM_OPERATOR_HTTP_PORT", Integer.toString(port));
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
