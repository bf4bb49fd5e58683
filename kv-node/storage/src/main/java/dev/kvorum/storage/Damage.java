package dev.kvorum.storage;

/**
 * A file that does not hold what was written to it, or cannot be read.
 *
 * @param file its name inside the data directory, or what stands for it when RocksDB names none
 * @param what what is wrong with it
 */
public record Damage(String file, String what) {

    @Override
    public String toString() {
        return file + ": " + what;
    }
}
