package dev.kvorum.server.resp;

import java.util.concurrent.atomic.AtomicLong;

/** What a client has said of itself on its connection, and what {@code CLIENT LIST} shows of it. */
final class RespClient {

    /** Numbers are unique in the process, as clients compare them across connections of all loops. */
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final long id = LAST_ID.incrementAndGet();
    private final String address;
    private final String localAddress;
    private final long sinceMs;
    private int version = 2;
    private String name = "";
    private String library = "";
    private String libraryVersion = "";

    RespClient(String address, String localAddress, long nowMs) {
        this.address = address;
        this.localAddress = localAddress;
        this.sinceMs = nowMs;
    }

    long id() {
        return id;
    }

    /** The protocol version: 2 until the client asks for 3. */
    int version() {
        return version;
    }

    void chooseVersion(int chosen) {
        version = chosen;
    }

    String name() {
        return name;
    }

    void setName(String text) {
        name = plain("Client names", text);
    }

    void setLibrary(String attribute, String text) {
        switch (attribute) {
            case "lib-name" -> library = plain("lib-name", text);
            case "lib-ver" -> libraryVersion = plain("lib-ver", text);
            default -> throw new Refusal("ERR Unrecognized option '" + attribute + "'; use LIB-NAME or LIB-VER");
        }
    }

    /** Back to the state of a new connection. */
    void reset() {
        version = 2;
        name = "";
    }

    /** The line of {@code CLIENT INFO} and {@code CLIENT LIST}. */
    String line(long nowMs, long idleMs) {
        return "id=" + id + " addr=" + address + " laddr=" + localAddress + " name=" + name + " age="
                + (nowMs - sinceMs) / 1_000 + " idle=" + idleMs / 1_000 + " flags=N db=0 sub=0 psub=0 ssub=0 multi=-1"
                + " user=default lib-name=" + library + " lib-ver=" + libraryVersion + " resp=" + version;
    }

    private static String plain(String what, String text) {
        if (text.length() > 256 || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new Refusal(
                    "ERR " + what + " cannot contain spaces, newlines or special characters, nor more than 256");
        }
        return text;
    }
}
