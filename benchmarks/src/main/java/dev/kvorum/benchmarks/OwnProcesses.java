package dev.kvorum.benchmarks;

import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Server processes made for one measurement, with a directory that goes with them. */
final class OwnProcesses implements Servers {

    private static final int STOP_SECONDS = 20;

    private final String name;
    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final List<SocketAddress> addresses = new ArrayList<>();

    OwnProcesses(String name) {
        this.name = name;
        try {
            this.directory = Files.createTempDirectory("kvorum-bench-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "bench-cleanup"));
    }

    Path directory(String child) {
        try {
            return Files.createDirectories(directory.resolve(child));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void start(ProcessBuilder builder, SocketAddress address) {
        Path log = directory.resolve(address.host() + "-" + address.port() + ".log");
        try {
            processes.add(builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        addresses.add(address);
    }

    /** What the process at this place printed, for an error message. */
    String log(int index) {
        SocketAddress address = addresses.get(index);
        try {
            return Files.readString(directory.resolve(address.host() + "-" + address.port() + ".log"));
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    boolean isAlive(int index) {
        return processes.get(index).isAlive();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<SocketAddress> addresses() {
        return addresses;
    }

    @Override
    public List<Long> pids() {
        return processes.stream().map(Process::pid).toList();
    }

    @Override
    public synchronized void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        deleteDirectory();
    }

    private void deleteDirectory() {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path visited, @org.jspecify.annotations.Nullable IOException failed) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException left) {
            System.err.println("bench: " + directory + " was not removed: " + left.getMessage());
        }
    }
}
