package dev.kvorum.tidy;

import dev.kvorum.tidy.TreeFile.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Scripts can be started, other files cannot, and shellcheck has nothing to say about them. */
final class ScriptRule {

    private static final Pattern SHELL = Pattern.compile("#!.*\\b(sh|bash|dash)\\b");

    private ScriptRule() {}

    static List<Finding> executable(Tree tree) {
        List<Finding> findings = new ArrayList<>();
        for (TreeFile file : tree.files()) {
            if (file.isScript() && file.mode() == Mode.PLAIN) {
                findings.add(new Finding(file.path(), 1, "is a script that cannot be started: chmod +x"));
            } else if (!file.isScript() && file.mode() == Mode.EXECUTABLE) {
                findings.add(new Finding(file.path(), 0, "can be started but is no script: chmod -x"));
            }
        }
        return findings;
    }

    static List<Finding> shellcheck(Tree tree) {
        return tree.files().stream()
                .filter(file -> SHELL.matcher(file.text()).lookingAt())
                .flatMap(file -> shellcheck(file).stream())
                .toList();
    }

    static boolean shellcheckIsInstalled() {
        try {
            return shellcheckProcess("--version").waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<Finding> shellcheck(TreeFile script) {
        try {
            Process shellcheck = shellcheckProcess("--format=gcc", "-");
            try (var in = shellcheck.getOutputStream()) {
                in.write(script.text().getBytes(StandardCharsets.UTF_8));
            }
            String said = new String(shellcheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.lines().map(line -> new Finding(script.path(), 0, line)).toList();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static Process shellcheckProcess(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("shellcheck"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
