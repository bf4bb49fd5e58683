package dev.kvorum.storage;

import java.nio.ByteBuffer;

/** Keys of a consensus group in the raft family: {@code [group u32][kind u8]}, and what the kind adds. */
final class GroupKeys {

    static final byte VOTE = 'v';
    static final byte MARK = 'm';
    static final byte ENTRY = 'e';
    static final byte SECTION = 's';

    private static final int KIND_AT = Integer.BYTES;
    private static final int HEAD_BYTES = KIND_AT + 1;

    private final int group;

    GroupKeys(int group) {
        this.group = group;
    }

    byte[] first() {
        return ByteBuffer.allocate(KIND_AT).putInt(group).array();
    }

    byte[] behindLast() {
        return ByteBuffer.allocate(KIND_AT).putInt(group + 1).array();
    }

    byte[] vote() {
        return head(VOTE, 0).array();
    }

    byte[] mark() {
        return head(MARK, 0).array();
    }

    /** Ordered by index, which is not negative. */
    byte[] entry(long index) {
        return head(ENTRY, Long.BYTES).putLong(index).array();
    }

    byte[] section(int key) {
        return head(SECTION, Integer.BYTES).putInt(key).array();
    }

    private ByteBuffer head(byte kind, int more) {
        return ByteBuffer.allocate(HEAD_BYTES + more).putInt(group).put(kind);
    }

    static byte kindOf(byte[] key) {
        return key[KIND_AT];
    }

    static long indexOf(byte[] entryKey) {
        return ByteBuffer.wrap(entryKey).getLong(HEAD_BYTES);
    }

    static int sectionOf(byte[] sectionKey) {
        return ByteBuffer.wrap(sectionKey).getInt(HEAD_BYTES);
    }
}
