package dev.kvorum.local.kubelet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Marks every process that belongs to a home directory on its command line, and finds them there again: also after this
 * program was killed, and whatever it had time to write down.
 */
public final class Children {

    /** A process of the local cluster, with the address it serves on. */
    public record Child(String name, String address, ProcessHandle process) {}

    private static final String HOME = "-Dkvorum.local.home=";
    private static final String NAME = "-Dkvorum.local.name=";
    private static final String ADDRESS = "-Dkvorum.local.address=";

    private final Path home;

    /** The processes of one home directory. */
    public Children(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    /** The first words of a command that starts a JVM under a name at an address; what it runs is to follow. */
    public List<String> java(String name, String address) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(java, HOME + home, NAME + name, ADDRESS + address));
    }

    /** What runs now, from any start of the cluster. */
    public List<Child> running() {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes.flatMap(process -> child(process).stream()).toList();
        }
    }

    public Optional<Child> running(String name) {
        return running().stream().filter(child -> child.name().equals(name)).findFirst();
    }

    private Optional<Child> child(ProcessHandle process) {
        List<String> arguments = process.info().arguments().map(Arrays::asList).orElse(List.of());
        return arguments.contains(HOME + home)
                ? Optional.of(new Child(valueOf(NAME, arguments), valueOf(ADDRESS, arguments), process))
                : Optional.empty();
    }

    private static String valueOf(String flag, List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(flag))
                .map(argument -> argument.substring(flag.length()))
                .findFirst()
                .orElse("");
    }
}
