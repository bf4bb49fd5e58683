package dev.kvorum.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names inside a data directory: {@code lock}, and {@code store} with everything else. The store is made under
 * another name and renamed when whole, so that there is no half of one; beside it there may be one that was set aside.
 */
record StoreFiles(Path dataDir) {

    /** RocksDB's directory, as damage reports name it. */
    static final String ROCKSDB = "store/rocksdb";

    static final String STORE = "store";
    static final String IDENTITY = "store/identity";
    static final String COMMIT = "store/commit";
    static final String STARTS = "store/starts";
    static final String DAMAGE = "store/damage";

    private static final Pattern LOG_FORMAT = Pattern.compile("\\d+\\.log|MANIFEST-\\d+");
    private static final String LOCK = "lock";
    private static final String UNFINISHED = "store.unfinished";
    private static final String SUCCESSOR = "store.successor";
    private static final String FORMER = "store.former";
    /** What a new file system brings along. */
    private static final String LOST_AND_FOUND = "lost+found";

    Path lock() {
        return dataDir.resolve(LOCK);
    }

    Path store() {
        return dataDir.resolve(STORE);
    }

    /** Where a store is made; what is found there never answered anything and may go. */
    Path unfinished() {
        return dataDir.resolve(UNFINISHED);
    }

    /** A whole store on its way to the place of one that cannot be believed. */
    Path successor() {
        return dataDir.resolve(SUCCESSOR);
    }

    /** The store that could not be believed: evidence, never opened again. */
    Path former() {
        return dataDir.resolve(FORMER);
    }

    Path rocksdb() {
        return dataDir.resolve(ROCKSDB);
    }

    Path identity() {
        return dataDir.resolve(IDENTITY);
    }

    Path commit() {
        return dataDir.resolve(COMMIT);
    }

    Path starts() {
        return dataDir.resolve(STARTS);
    }

    Path damage() {
        return dataDir.resolve(DAMAGE);
    }

    /** The same names in a store that is being made. */
    StoreFiles inUnfinished() {
        return new StoreFiles(unfinished());
    }

    /** A file that a new data directory should not hold, if there is one. */
    Optional<String> stranger() throws IOException {
        try (Stream<Path> files = Files.list(dataDir)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(Predicate.not(List.of(LOCK, UNFINISHED, SUCCESSOR, FORMER, LOST_AND_FOUND)::contains))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .findFirst();
        }
    }

    /** RocksDB's write-ahead logs, oldest first. */
    List<Path> logs() throws IOException {
        return logsAndManifests().stream()
                .filter(file -> file.toString().endsWith(".log"))
                .toList();
    }

    /** Everything in RocksDB's log format: write-ahead logs, oldest first, then manifests. */
    List<Path> logsAndManifests() throws IOException {
        if (!Files.isDirectory(rocksdb())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(rocksdb())) {
            return files.filter(file ->
                            LOG_FORMAT.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    /** A file's name as damage reports have it. */
    String name(Path file) {
        return dataDir.relativize(file).toString();
    }
}
