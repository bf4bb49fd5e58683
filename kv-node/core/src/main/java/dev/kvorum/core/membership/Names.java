package dev.kvorum.core.membership;

/** The bounds of texts and ports in packets: with them, every packet has room for at least one rumour. */
final class Names {

    static final int MOST_HOST_CHARACTERS = 253;
    static final int MOST_NAME_CHARACTERS = 63;
    static final int MOST_CLUSTER_ID_CHARACTERS = 63;

    private Names() {}

    static void require(String what, String text, int mostCharacters) {
        if (text.isEmpty() || text.length() > mostCharacters || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(
                    what + " needs 1 to " + mostCharacters + " visible ASCII characters, not \"" + text + '"');
        }
    }

    static void requirePort(String what, int port) {
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException(what + " lies between 1 and 65535, not " + port);
        }
    }
}
