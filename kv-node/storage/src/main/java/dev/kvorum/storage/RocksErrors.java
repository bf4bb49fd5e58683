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
    private static final String WHOLE_DATABASE = "the database";

    private RocksErrors() {}

    /**
     * Whether a failed open means that files are missing or damaged. What is left are errors of the moment: no space, no
     * descriptors, no permission.
     */
    static boolean isDamage(RocksDBException failure) {
        return code(failure) != Code.IOError || text(failure).contains("No such file");
    }

    /** Whether a failed read means that the bytes on the disk are wrong, which no retry cures. */
    static boolean isCorruption(Code code) {
        return code == Code.Corruption;
    }

    static Code code(RocksDBException failure) {
        Status status = failure.getStatus();
        return status == null ? Code.Undefined : status.getCode();
    }

    static Damage damage(RocksDBException failure) {
        return damage(text(failure));
    }

    static Damage damage(Status status) {
        return damage(String.valueOf(status.getState()));
    }

    private static Damage damage(String text) {
        return new Damage(StoreFiles.ROCKSDB + "/" + file(text), text);
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
        return text.contains("create_if_missing is false") ? "CURRENT" : WHOLE_DATABASE;
    }

    private static String text(RocksDBException failure) {
        return String.valueOf(failure.getMessage());
    }
}
