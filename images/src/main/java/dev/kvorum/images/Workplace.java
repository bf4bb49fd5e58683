package dev.kvorum.images;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where images are made: one path on every machine, because a class archive holds the paths of its jars and of the JVM
 * that wrote it, and would be another one in each checkout. One build at a time is in it, and leaves nothing but the
 * empty directory.
 *
 * @param root the directory, empty
 * @param turn what keeps others waiting
 */
record Workplace(Path root, FileChannel turn) implements AutoCloseable {

    /** Of all builds. */
    static final Path PLACE = Path.of("/var/tmp/kvorum-images");

    private static final String LOCK = "lock";
    private static final String OWNER = "unix:uid";

    /** Waits until no other build is in the place. */
    static Workplace enter(Path place) throws BuildFailedException, IOException {
        claim(place);
        FileChannel turn = FileChannel.open(place.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        turn.lock();
        return new Workplace(Tree.fresh(place.resolve("work")).root(), turn);
    }

    /** The path is known to everyone on this machine, so somebody else may have come first. */
    private static void claim(Path place) throws BuildFailedException, IOException {
        try {
            Files.createDirectory(
                    place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            Object me = Files.getAttribute(Path.of("/proc/self"), OWNER);
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getAttribute(place, OWNER, LinkOption.NOFOLLOW_LINKS)
                            .equals(me)) {
                throw new BuildFailedException("images are made in " + place
                        + " on every machine, and here it is not a directory of this" + " user: have it removed");
            }
        }
    }

    /** Removes what was made, then lets the next one in. */
    @Override
    public void close() throws IOException {
        try (turn) {
            Tree.remove(root);
        }
    }
}
