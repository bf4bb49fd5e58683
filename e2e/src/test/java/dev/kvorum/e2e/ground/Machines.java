package dev.kvorum.e2e.ground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The machines of a real cluster on this host, broken by the command that made them ({@code partition}, {@code heal},
 * {@code kill-node}, {@code start-node}, {@code load}) and by signals to their processes, which are all to be seen
 * from here.
 */
record Machines(String command, Kubectl kubectl) {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Path PROCESSES = Path.of("/proc");
    private static final Pattern CONTAINER_ID = Pattern.compile("[0-9a-f]{64}");

    void tell(String... arguments) {
        Shell.run(
                        LIMIT,
                        Map.of(),
                        Stream.concat(Stream.of(command), Stream.of(arguments)).toList())
                .mustSucceed();
    }

    List<String> inZone(String zone) {
        return kubectl.run(
                        "get",
                        "nodes",
                        "-l",
                        "topology.kubernetes.io/zone=" + zone,
                        "-o",
                        "jsonpath={.items[*].metadata.name}")
                .mustSucceed()
                .out()
                .lines()
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .filter(name -> !name.isBlank())
                .toList();
    }

    /** Signals the Java processes in these containers, given by the ids that the API shows. */
    void signal(String signal, List<String> containers) {
        List<Long> pids = containers.stream()
                .map(Machines::idOf)
                .flatMap(id -> processes(pid -> file(pid, "cgroup").contains(id) && isJava(pid)))
                .toList();
        if (pids.isEmpty()) {
            throw new AssertionError("no process on this host runs in " + containers);
        }
        Shell.signal(signal, pids);
    }

    /** A container that has not started has no id, and every process would seem to run in it. */
    private static String idOf(String container) {
        String id = container.substring(container.lastIndexOf('/') + 1);
        if (!CONTAINER_ID.matcher(id).matches()) {
            throw new AssertionError("'" + container + "' names no container: nothing is signalled");
        }
        return id;
    }

    void restartKubelet(String machine) {
        List<Long> pids = processes(pid -> file(pid, "cmdline").contains("kubelet\0")
                        && file(pid, "cmdline").contains("--hostname-override\0" + machine + "\0"))
                .toList();
        if (pids.isEmpty()) {
            throw new AssertionError("no kubelet of " + machine + " is to be seen on this host");
        }
        Shell.signal("KILL", pids);
    }

    private static boolean isJava(long pid) {
        return file(pid, "cmdline").split("\0", -1)[0].endsWith("java");
    }

    private interface Choice {
        boolean takes(long pid);
    }

    private static Stream<Long> processes(Choice choice) {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(choice::takes);
    }

    /** Empty for a process that is gone. */
    private static String file(long pid, String name) {
        try {
            return new String(
                    Files.readAllBytes(PROCESSES.resolve(Long.toString(pid)).resolve(name)), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
