package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.storage.commit.Change;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.commit.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/**
 * Every kind of file, harmed in every way at several places: the open says so and touches nothing, or a read says so,
 * or the content is whole, under the right identity and count of starts. A volume that opens and lacks something fails
 * the test. Where the open says so, an empty store can take the place.
 */
class DamageIT {

    private static final int PLACES = 3;
    private static final StorageConfig.Memory TINY = new StorageConfig.Memory(8 << 20, 1 << 20, 8 << 20);
    private static final List<String> NEEDED =
            List.of("log", "sst", "MANIFEST", "CURRENT", "commit", "identity", "starts");
    /** RocksDB's diary, its options and its own identity; locks, whose content nobody reads. */
    private static final List<String> NOT_NEEDED = List.of("LOG", "OPTIONS", "IDENTITY", "LOCK", "lock");

    private static final NodeId ADOPTED = new NodeId(7, 7, 7);
    private static final long STARTS = 3;

    @TempDir
    private Path directory;

    private final Map<String, Integer> detectedByKind = new TreeMap<>();
    private final List<String> harmless = new ArrayList<>();

    @Test
    void noHarmToAnyFileGoesUnnoticedOrLosesAnything() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Volume template = new Volume(directory.resolve("template"));
        Path older = directory.resolve("older");
        makeTemplate(template, older, ADOPTED);
        // Another node that lived the same life, even under the same name.
        makeTemplate(new Volume(directory.resolve("foreign")), directory.resolve("earlier"), new NodeId(8, 8, 8));
        long content = content(template);
        assertThat(files(template).stream().map(DamageIT::kind))
                .containsAll(NEEDED)
                .containsAll(NOT_NEEDED);
        for (Path file : files(template)) {
            for (Harm harm : Harm.values()) {
                for (int place = 0; place < places(harm); place++) {
                    long at = place(random, file, place);
                    String what = "%s of %s at %d (seed %d)".formatted(harm, file, at, seed);
                    tryHarm(template, older, new Case(file, harm, at, content, what));
                }
            }
        }
        assertThat(detectedByKind.keySet()).containsExactlyInAnyOrderElementsOf(NEEDED);
        assertThat(harmless).noneMatch(DamageIT::mustBeSeen);
    }

    /** Of the small files all but a flip in one of two marks, and an identity that two others know better. */
    private static boolean mustBeSeen(String what) {
        return Stream.of("identity", "commit", "starts").anyMatch(file -> what.contains("of store/" + file + " "))
                && !what.startsWith("FLIP of store/commit")
                && !what.startsWith("OLD_COPY of store/identity");
    }

    private record Case(Path file, Harm harm, long at, long content, String what) {}

    /** Two lives with flushes in both, older copies of most files, and a log that was never flushed at the end. */
    private static void makeTemplate(Volume template, Path older, NodeId node) throws IOException {
        try (NodeStorage storage = open(template)) {
            Volume.writeTogether(storage, 1, 9_000);
            storage.putMeta("bootstrap", Volume.value(1));
        }
        Tree.copy(template.dataDir(), older.resolve("0"));
        try (NodeStorage storage = open(template)) {
            Volume.writeTogether(storage, 9_001, 12_000);
            Volume.apply(storage, new Change.Put(Family.HINTS, Volume.key(1), Volume.value(1)));
            Volume.apply(storage, new Change.Put(Family.TREE, Volume.key(1), Volume.value(1)));
            storage.becomeNode(node);
        }
        Tree.copy(template.dataDir(), older.resolve("1"));
        try (NodeStorage storage = open(template)) {
            Volume.writeTogether(storage, 12_001, 15_000);
            Volume.apply(storage, new Change.Put(Family.RAFT, Volume.key(1), Volume.value(1)));
            Volume.write(storage, 15_001, 15_020, Durability.FSYNC);
        }
    }

    private static NodeStorage open(Volume volume) throws IOException {
        return Volume.storage(NodeStorage.open(volume.config().with(TINY)));
    }

    private void tryHarm(Volume template, Path older, Case harmed) throws Exception {
        Path tried = directory.resolve("tried");
        Tree.copy(template.directory(), tried);
        Volume volume = Volume.ofRunningKernel(tried);
        Path file = volume.dataDir().resolve(harmed.file());
        Path other = harmed.harm() == Harm.FOREIGN
                ? counterpart(directory.resolve("foreign/data"), harmed.file())
                : olderCopy(older, template, harmed.file());
        harmed.harm().to(file, other, harmed.at());
        judge(volume, harmed);
        Tree.delete(tried);
    }

    private void judge(Volume volume, Case harmed) throws Exception {
        Map<String, Long> before = Tree.checksums(volume.dataDir().resolve("store"));
        switch (NodeStorage.open(volume.config().with(TINY))) {
            case Recovery.Clean(NodeStorage storage) -> {
                assertThat(storage.identity().nodeId()).as(harmed.what()).isEqualTo(ADOPTED);
                assertThat(storage.start().boot()).as(harmed.what()).isEqualTo(STARTS + 1);
                storage.close();
                judgeContent(volume, harmed);
            }
            case Recovery.Amnesia amnesia -> {
                assertThat(Tree.checksums(volume.dataDir().resolve("store")))
                        .as("untouched after %s: %s", harmed.what(), amnesia)
                        .isEqualTo(before);
                assertNamed(amnesia.damage(), harmed);
                detected(harmed);
                assertReplaceable(volume, amnesia, harmed);
            }
            case Recovery.Fresh fresh -> throw new AssertionError(harmed.what() + ": " + fresh);
            case Recovery.AfterKernelRestart restart -> throw new AssertionError(harmed.what() + ": " + restart);
            case Recovery.Refused refused -> throw new AssertionError(harmed.what() + ": " + refused);
            case Recovery.Unavailable unavailable -> throw new AssertionError(harmed.what() + ": " + unavailable);
        }
    }

    /** A flipped bit has a place. Of what is missing the report may name a neighbour that misses it. */
    private static void assertNamed(Damage damage, Case harmed) {
        if (harmed.harm() == Harm.FLIP && !kind(harmed.file()).equals("CURRENT")) {
            assertThat(damage.file())
                    .as("%s: %s", harmed.what(), damage)
                    .isIn(harmed.file().toString(), "store/rocksdb/*.sst");
        }
    }

    private static void assertReplaceable(Volume volume, Recovery.Amnesia amnesia, Case harmed) throws IOException {
        String volumeId = amnesia.identity().orElseThrow().volumeId();
        try (NodeStorage anew =
                Volume.storage(NodeStorage.openAnew(volume.config().with(TINY), amnesia))) {
            assertThat(anew.identity().nodeId()).as(harmed.what()).isEqualTo(ADOPTED);
            assertThat(anew.arrival())
                    .as(harmed.what())
                    .isEqualTo(new Arrival.Anew(Optional.of(new Arrival.FormerVolume(volumeId, STARTS + 1))));
        }
    }

    private void judgeContent(Volume volume, Case harmed) throws IOException {
        try {
            assertThat(content(volume)).as("content after %s", harmed.what()).isEqualTo(harmed.content());
            harmless.add(harmed.what());
        } catch (RocksDBException noticed) {
            assertThat(RocksErrors.isDamage(noticed)).as(harmed.what()).isTrue();
            detected(harmed);
        }
    }

    private void detected(Case harmed) {
        detectedByKind.merge(kind(harmed.file()), 1, Integer::sum);
    }

    /** A checksum over every key and value of every family. */
    private static long content(Volume volume) throws RocksDBException {
        CRC32C crc = new CRC32C();
        RocksOptions options = new RocksOptions(Volume.SMALL, WALRecoveryMode.TolerateCorruptedTailRecords);
        try (RocksStore store = RocksStore.openReadOnly(volume.dataDir().resolve(StoreFiles.ROCKSDB), options)) {
            for (Family family : Family.values()) {
                byte[] end = new byte[32];
                Arrays.fill(end, (byte) -1);
                store.each(family, new byte[0], end, at -> {
                    crc.update(at.key());
                    crc.update(at.value());
                    return true;
                });
            }
        }
        return crc.getValue();
    }

    private static List<Path> files(Volume template) throws IOException {
        return files(template.dataDir());
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    private static String kind(Path file) {
        String name = file.getFileName().toString();
        if (name.startsWith("LOG.")) {
            return "LOG";
        }
        int dot = name.lastIndexOf('.');
        return dot >= 0 ? name.substring(dot + 1) : name.split("-", 2)[0];
    }

    private static int places(Harm harm) {
        return switch (harm) {
            case FLIP, TRUNCATE, ZERO_PAGE -> PLACES;
            case EMPTY, DELETE, OLD_COPY, FOREIGN -> 1;
        };
    }

    /** The last byte first, since tails are the subtle part; then anywhere. */
    private long place(SplittableRandom random, Path file, int place) throws IOException {
        long size = Files.size(directory.resolve("template/data").resolve(file));
        if (size == 0) {
            return 0;
        }
        return place == 0 ? size - 1 : random.nextLong(size);
    }

    /** The file as it was; where it did not exist yet, another of its kind, as from another volume. */
    private static Path olderCopy(Path older, Volume template, Path file) throws IOException {
        for (String life : List.of("1", "0")) {
            Path copy = older.resolve(life).resolve(file);
            if (Files.exists(copy) && Files.mismatch(copy, template.dataDir().resolve(file)) >= 0) {
                return copy;
            }
        }
        return files(template).stream()
                .filter(other -> kind(other).equals(kind(file)) && !other.equals(file))
                .map(other -> template.dataDir().resolve(other))
                .findFirst()
                .orElse(template.dataDir().resolve(file));
    }

    /** The file of the same name in another data directory, else one of its kind. */
    private static Path counterpart(Path root, Path file) throws IOException {
        Path same = root.resolve(file);
        return Files.exists(same)
                ? same
                : files(root).stream()
                        .filter(other -> kind(other).equals(kind(file)))
                        .map(root::resolve)
                        .findFirst()
                        .orElseThrow();
    }
}
