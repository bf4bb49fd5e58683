package dev.kvorum.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Writes RESP commands of one workload into a growing buffer, without garbage. */
final class Requests {

    private static final int KEY_BYTES = 16;
    private static final byte[] GET_HEAD = ascii("*2\r\n$3\r\nGET\r\n$" + KEY_BYTES + "\r\n");
    private static final byte[] SET_HEAD = ascii("*3\r\n$3\r\nSET\r\n$" + KEY_BYTES + "\r\n");
    private static final byte[] END = ascii("\r\n");

    private final Workload workload;
    private final SplittableRandom random;
    private final byte[] value;
    private final byte[] valueHead;
    private byte[] bytes = new byte[64 << 10];
    private int size;

    Requests(Workload workload, SplittableRandom random) {
        this.workload = workload;
        this.random = random;
        this.value = new byte[workload.valueBytes()];
        this.valueHead = ascii("\r\n$" + workload.valueBytes() + "\r\n");
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) ('a' + random.nextInt(26));
        }
    }

    /** Appends the next request of the workload; tells whether it reads. */
    boolean next() {
        boolean read = switch (workload.operation()) {
            case GET -> true;
            case PUT -> false;
            case MIXED -> random.nextBoolean();
        };
        int key = random.nextInt(workload.keys());
        if (read) {
            get(key);
        } else {
            set(key);
        }
        return read;
    }

    void get(int key) {
        append(GET_HEAD);
        appendKey(key);
        append(END);
    }

    void set(int key) {
        append(SET_HEAD);
        appendKey(key);
        append(valueHead);
        append(value);
        append(END);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** What was appended since the last call. */
    byte[] take() {
        byte[] taken = java.util.Arrays.copyOf(bytes, size);
        size = 0;
        return taken;
    }

    private void appendKey(int key) {
        ensure(KEY_BYTES);
        bytes[size] = 'k';
        bytes[size + 1] = 'e';
        bytes[size + 2] = 'y';
        bytes[size + 3] = ':';
        int rest = key;
        for (int at = size + KEY_BYTES - 1; at >= size + 4; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += KEY_BYTES;
    }

    private void append(byte[] source) {
        ensure(source.length);
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = java.util.Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
