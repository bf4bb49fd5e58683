package dev.kvorum.local.launch;

import java.io.Console;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells on stderr how far a start is: a line for each thing done, and on a terminal one more line that is written over.
 * Colours only there, and not with NO_COLOR.
 */
final class Progress {

    private static final String ERASE = "\r\u001b[2K";

    private final boolean onTerminal;
    private final boolean inColour;
    private final long begun = System.nanoTime();
    private final Set<String> said = new HashSet<>();
    private String waitingFor = "";

    Progress() {
        onTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        inColour = onTerminal && System.getenv("NO_COLOR") == null;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    String elapsedText() {
        return "%.1f s".formatted(elapsed().toMillis() / 1000.0);
    }

    /** Says once that something is done. */
    void done(String what) {
        if (said.add(what)) {
            clear();
            String mark = inColour ? "\u001b[32m✓\u001b[0m" : "-";
            System.err.printf("%s %s (%s)%n", mark, what, elapsedText());
        }
    }

    /** Says what is being waited for. */
    void waiting(String what) {
        if (onTerminal) {
            System.err.print(ERASE + "  " + what + " … " + elapsedText());
            System.err.flush();
        } else if (!what.equals(waitingFor)) {
            System.err.println("  " + what + " …");
        }
        waitingFor = what;
    }

    void clear() {
        if (onTerminal) {
            System.err.print(ERASE);
        }
    }
}
