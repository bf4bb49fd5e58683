package dev.kvorum.charts;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Everything that is logged at WARN or above, with what was thrown. */
final class LogLines extends Handler implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");

    LogLines() {
        root.addHandler(this);
    }

    List<String> about(String words) {
        return lines.stream().filter(line -> line.contains(words)).toList();
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            StringBuilder text = new StringBuilder(words(line));
            for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
                text.append("; ").append(cause.getMessage());
            }
            lines.add(text.toString());
        }
    }

    private static String words(LogRecord line) {
        String words = String.valueOf(line.getMessage());
        Object[] parameters = line.getParameters();
        return parameters == null ? words : words + Arrays.toString(parameters);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
