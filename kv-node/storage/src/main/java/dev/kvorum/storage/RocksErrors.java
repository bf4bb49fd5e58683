package dev.kvorum.storage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;

/** Reads RocksDB's errors: whether they speak of damage, and of which file. */
final class RocksErrors {

    private static final Pattern FILE =
            Pattern.compile("\\d{6,}\\.(?:sst|log)|MANIFEST-\\d{6,}|OPTIONS-\\d{6,}|CURRENT");
    private static final Pattern LOG_NUMBER = Pattern.compile("log number (\\d+)");
    /** RocksDB blames the manifest for whatever it lists, after it said what is wrong. */
    private static final Pattern BLAME = Pattern.compile("\\s+The file \\S+ may be corrupted\\.");

    private RocksErrors() {}

    /**
     * Whether a failed open means that files are missing or damaged. What is left are errors of the moment: no space,
     * no descriptors, no permission.
     */
    static boolean isDamage(RocksDBException failure) {
        return code(failure) != Code.IOError || text(failure).contains("No such file");
    }

    /** Whether a failed read means that the bytes on the disk are wrong, which no retry cures. */
    static boolean isCorruption(RocksDBException failure) {
        return code(failure) == Code.Corruption;
    }

    static Code code(RocksDBException failure) {
        Status status = failure.getStatus();
        return status == null ? Code.Undefined : status.getCode();
    }

    static Damage damage(RocksDBException failure) {
        String said = BLAME.matcher(text(failure)).replaceAll("");
        return new Damage(StoreFiles.ROCKSDB + "/" + file(said), said);
    }

    private static String file(String text) {
        Matcher named = FILE.matcher(text);
        if (named.find()) {
            return named.group();
        }
        Matcher numbered = LOG_NUMBER.matcher(text);
        if (numbered.find()) {
            return "%06d.log".formatted(Long.parseLong(numbered.group(1)));
        }
        if (text.contains("no WAL files")) {
            return "*.log";
        }
        // Errors of the log and the manifest were located before by their checksums; what is left are tables.
        return text.contains("create_if_missing is false") ? "CURRENT" : "*.sst";
    }

    private static String text(RocksDBException failure) {
        return String.valueOf(failure.getMessage());
    }
}
