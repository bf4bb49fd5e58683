package dev.kvorum.server.resp;

/** A reply that is known and waits for its turn. */
@FunctionalInterface
interface Reply {

    Reply OK = RespWriter::ok;

    void writeTo(RespWriter out);

    static Reply error(String line) {
        return out -> out.error(line);
    }

    static Reply number(long value) {
        return out -> out.number(value);
    }

    static Reply bulk(byte[] bytes) {
        return out -> out.bulk(bytes);
    }

    static Reply bulk(String text) {
        return out -> out.bulk(text);
    }
}
