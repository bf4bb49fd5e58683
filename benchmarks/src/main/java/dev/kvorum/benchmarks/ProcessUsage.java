package dev.kvorum.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CPU and memory of processes, read from {@code /proc}. */
final class ProcessUsage {

    private static final int TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private ProcessUsage() {}

    /** CPU time of all of them together, in milliseconds. */
    static long cpuMs(List<Long> pids) {
        long ticks = 0;
        for (long pid : pids) {
            String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        }
        return ticks * 1_000 / TICKS_PER_SECOND;
    }

    /** The largest resident set among them, in MiB. */
    static long largestRssMib(List<Long> pids) {
        long largest = 0;
        for (long pid : pids) {
            largest = Math.max(largest, kib(pid, "VmRSS:") >> 10);
        }
        return largest;
    }

    /** Bytes that they caused to be written to storage, all together. */
    static long writtenBytes(List<Long> pids) {
        long written = 0;
        for (long pid : pids) {
            for (String line : read(Path.of("/proc", Long.toString(pid), "io")).split("\n", -1)) {
                if (line.startsWith("write_bytes: ")) {
                    written += Long.parseLong(
                            line.substring("write_bytes: ".length()).trim());
                }
            }
        }
        return written;
    }

    private static long kib(long pid, String field) {
        for (String line : read(Path.of("/proc", Long.toString(pid), "status")).split("\n", -1)) {
            if (line.startsWith(field)) {
                return Long.parseLong(
                        line.substring(field.length()).replace("kB", "").trim());
            }
        }
        return 0;
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException gone) {
            throw new IllegalStateException("process ended: " + path, gone);
        }
    }
}
