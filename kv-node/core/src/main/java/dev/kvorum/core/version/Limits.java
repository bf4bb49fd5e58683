package dev.kvorum.core.version;

/** Bounds of keys, values and objects. A bound on clients' writes never stops a merge. */
public final class Limits {

    /** The shortest key, in bytes. */
    public static final int KEY_LEAST_BYTES = 1;

    /** The longest key, in bytes. */
    public static final int KEY_MOST_BYTES = 1_024;

    /** The most that key and value of one client's write take together, in bytes. */
    public static final int ENTRY_MOST_BYTES = 10_240;

    /** The encoded size from which on a replica accepts only writes that make the object smaller. */
    public static final int OBJECT_MOST_BYTES = 512 * 1_024;

    /** So many siblings after a write are worth a warning: some client does not refresh its contexts. */
    public static final int SIBLINGS_WARN = 8;

    /** A client's write that would leave more siblings than this is refused; the client must read first. */
    public static final int SIBLINGS_MOST = 32;

    /** The longest content type, in characters. */
    public static final int CONTENT_TYPE_MOST_CHARACTERS = 255;

    /** The longest request id, in bytes. */
    public static final int REQUEST_ID_MOST_BYTES = 64;

    /** The longest context token, in characters. */
    public static final int CONTEXT_MOST_CHARACTERS = 4_096;

    private Limits() {}
}
