package dev.kvorum.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the image of a program from a checkout whose modules are built; nothing while its inputs are the same. */
final class Images {

    private static final String PACKED = "packed";

    private final Path checkout;
    private final Path target;
    private final Path place;
    private List<Tree> base = List.of();

    /**
     * @param checkout where the programs are
     * @param target where the tars go
     * @param place where they are made: the same path in every build, see {@link Workplace}
     */
    Images(Path checkout, Path target, Path place) {
        this.checkout = checkout;
        this.target = target;
        this.place = place;
    }

    /** The tar of a program's image. */
    Path build(Program program) throws BuildFailedException, IOException, InterruptedException {
        ProgramFiles files = ProgramFiles.find(program, checkout);
        Path tar = target.resolve(program.programName() + "-" + files.version() + ".tar");
        Path inputs = tar.resolveSibling(tar.getFileName() + ".inputs");
        String fingerprint = Fingerprint.of(program, files);
        if (Files.exists(tar)
                && Files.exists(inputs)
                && Files.readString(inputs).equals(fingerprint)) {
            return tar;
        }
        System.err.println("Making the image " + program.repository() + ":" + files.version() + " …");
        Files.deleteIfExists(inputs);
        make(program, files, tar);
        Files.writeString(inputs, fingerprint);
        return tar;
    }

    private void make(Program program, ProgramFiles files, Path tar)
            throws BuildFailedException, IOException, InterruptedException {
        Machine machine = Machine.present();
        List<Tree> layers = new ArrayList<>(base(machine));
        Path work = Tree.fresh(place.resolve(program.programName())).root();
        Tree own = Tree.fresh(work.resolve("program"));
        Path java = layers.getLast().at(JavaRuntime.HOME + "/bin/java");
        program(own, program, files, new ClassArchive(java, work));
        layers.add(own);
        new ImageTar(machine, place.resolve(PACKED)).write(program, files, layers, tar);
    }

    /** What both images have in common: Debian's files, and Java. */
    private List<Tree> base(Machine machine) throws BuildFailedException, IOException, InterruptedException {
        if (base.isEmpty()) {
            // jib knows packed layers again by the times of their files, and ours have all the same.
            Tree.fresh(place.resolve(PACKED));
            Path work = Tree.fresh(place.resolve("base")).root();
            Tree system = Tree.fresh(work.resolve("system"));
            new DebianFiles(machine, work.resolve("debian")).into(system);
            system.write("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
            system.write("/etc/group", "root:x:0:\n");
            system.write("/etc/passwd", "root:x:0:0:root:/:/none\nkvorum:x:10001:0:Kvorum:/tmp:/none\n");
            Tree java = Tree.fresh(work.resolve("java"));
            JavaRuntime.into(java);
            base = List.of(system, java);
        }
        return base;
    }

    private static void program(Tree layer, Program program, ProgramFiles files, ClassArchive archive)
            throws BuildFailedException, IOException, InterruptedException {
        String home = program.home();
        files.into(layer, home, Machine.present());
        String classes = home + "/classes.jsa";
        archive.make(ClassList.of(program), files, layer.at(home), layer.at(classes));
        List<String> options = new ArrayList<>(program.settings());
        options.add("-XX:SharedArchiveFile=" + classes);
        options.add("-Djava.library.path=" + home + "/" + ProgramFiles.NATIVE);
        options.addAll(List.of("-jar", files.jarIn(home)));
        layer.write(home + "/java.options", String.join("\n", options) + "\n");
    }
}
