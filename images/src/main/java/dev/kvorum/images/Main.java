package dev.kvorum.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code ./kvorum images [--learn]}: makes both images and prints the path of each tar. With {@code --learn} it writes
 * the lists of classes anew, from the nodes and operators of the local cluster that runs.
 */
public final class Main {

    private static final int FAILED = 1;
    private static final int MISUSE = 2;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path checkout = Path.of(System.getProperty("kvorum.home", ".")).toAbsolutePath();
        try {
            if (List.of(arguments).equals(List.of("--learn"))) {
                learn(checkout);
            } else if (arguments.length == 0) {
                build(checkout);
            } else {
                System.err.println("kvorum: arguments are [--learn], not " + String.join(" ", arguments));
                System.exit(MISUSE);
            }
        } catch (BuildFailedException e) {
            System.err.println("kvorum: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void build(Path checkout) throws BuildFailedException, IOException, InterruptedException {
        try (Workplace here = Workplace.enter(Workplace.PLACE)) {
            Images images = new Images(checkout, checkout.resolve("images/target"), here.root());
            for (Program program : Program.values()) {
                System.out.println(images.build(program));
            }
        }
    }

    private static void learn(Path checkout) throws BuildFailedException, IOException, InterruptedException {
        for (Program program : Program.values()) {
            var names = new TreeSet<String>();
            for (ProcessHandle process : running(program, checkout)) {
                names.addAll(ClassList.learn(process));
            }
            if (names.isEmpty()) {
                throw new BuildFailedException("no " + program.programName() + " of this checkout runs: ./kvorum up");
            }
            Path list = checkout.resolve("images/src/main/resources/dev/kvorum/images")
                    .resolve(ClassList.fileName(program));
            Files.write(list, names);
            System.out.println(list);
        }
    }

    /** The processes whose command line names the program's jar. */
    private static List<ProcessHandle> running(Program program, Path checkout)
            throws BuildFailedException, IOException {
        String jar = ProgramFiles.find(program, checkout).jar().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> List.of(process.info().arguments().orElse(new String[0]))
                        .contains(jar))
                .toList();
    }
}
