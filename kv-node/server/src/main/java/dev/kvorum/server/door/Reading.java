package dev.kvorum.server.door;

import org.jspecify.annotations.Nullable;

/**
 * One figure of the node, for {@code /metrics} and {@code /admin/v1/stats}.
 *
 * @param name {@code <noun>_<unit>} without the prefix, such as {@code storage_sst_bytes}; a total ends in
 *     {@code _total}
 * @param help one sentence; the same in all readings of a name
 * @param label what tells readings of one name apart, such as {@code queue}; null when there is only one
 * @param labelValue never holds a key or a value of a client; null exactly when {@code label} is
 */
public record Reading(
        String name,
        String help,
        @Nullable String label,
        @Nullable String labelValue,
        long value) {

    public static Reading of(String name, String help, long value) {
        return new Reading(name, help, null, null, value);
    }

    public static Reading of(String name, String help, String label, String labelValue, long value) {
        return new Reading(name, help, label, labelValue, value);
    }

    /** Whether this only ever grows while the process lives. */
    public boolean isTotal() {
        return name.endsWith("_total");
    }
}
