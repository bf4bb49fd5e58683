package dev.kvorum.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RespParserTest {

    private static final String BIG = "x".repeat(10_241);

    @Test
    void anArrayOfBulksIsACommand() {
        assertThat(parsed("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nv\r\nal\r\n")).containsExactly("[SET, k, v\r\nal]");
    }

    @Test
    void commandsFollowEachOther() {
        assertThat(parsed("*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nQUIT\r\n")).containsExactly("[PING]", "[QUIT]");
    }

    @Test
    void anEmptyArgumentIsAnArgument() {
        assertThat(parsed("*2\r\n$3\r\nGET\r\n$0\r\n\r\n")).containsExactly("[GET, ]");
    }

    @Test
    void emptyArraysAndLinesAreNothing() {
        assertThat(parsed("*0\r\n*-1\r\n\r\n\n*1\r\n$4\r\nPING\r\n")).containsExactly("[]", "[]", "[]", "[]", "[PING]");
    }

    @Test
    void aLineWithoutAFrameIsSplitIntoWords() {
        assertThat(parsed("SET  k\tv \r\nGET k\n")).containsExactly("[SET, k, v]", "[GET, k]");
        assertThat(parsed("SET \"a b\\x41\\n\" 'c\\'d\\n'\r\n")).containsExactly("[SET, a bA\n, c'd\\n]");
    }

    @Test
    void openQuotesAreMalformed() {
        assertThat(parsed("SET \"a\r\n")).containsExactly("! Protocol error: unbalanced quotes in request");
        assertThat(parsed("SET \"a\"b\r\n")).containsExactly("! Protocol error: unbalanced quotes in request");
    }

    @Test
    void aCommandBeyondALimitIsSkippedAndTheNextOneIsFound() {
        assertThat(parsed("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$10241\r\n" + BIG + "\r\n*1\r\n$4\r\nPING\r\n"))
                .containsExactly(
                        "? value_too_large argument of 10241 bytes; key and value together have at most 10240",
                        "[PING]");
        assertThat(parsed("*1025\r\n" + "$1\r\na\r\n".repeat(1_025) + "*1\r\n$4\r\nPING\r\n"))
                .containsExactly("? bad_request array of 1025 elements; a command has at most 1024", "[PING]");
    }

    @Test
    void theLargestCommandIsTaken() {
        assertThat(parsed("*1024\r\n" + "$1\r\na\r\n".repeat(1_024)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("[a, a,");
    }

    @Test
    void whatIsNotTheProtocolIsNamed() {
        assertThat(parsed("*x\r\n")).containsExactly("! Protocol error: invalid multibulk length");
        assertThat(parsed("*1048577\r\n")).containsExactly("! Protocol error: invalid multibulk length");
        assertThat(parsed("*99999999999\r\n")).containsExactly("! Protocol error: invalid multibulk length");
        assertThat(parsed("*1\r\n+OK\r\n")).containsExactly("! Protocol error: expected '$', got '+'");
        assertThat(parsed("*1\r\n\u0001")).containsExactly("! Protocol error: expected '$', got '0x1'");
        assertThat(parsed("*1\r\n$-1\r\n")).containsExactly("! Protocol error: invalid bulk length");
        assertThat(parsed("*1\r\n$536870913\r\n")).containsExactly("! Protocol error: invalid bulk length");
        assertThat(parsed("*1\r\n$1\r\nabc")).containsExactly("! Protocol error: argument is not followed by CRLF");
        assertThat(parsed("x".repeat(16_385))).containsExactly("! Protocol error: too big inline request");
    }

    @Test
    void bytesOneByOneMeanTheSame() {
        String all = "*2\r\n$3\r\nGET\r\n$1\r\nk\r\nPING \"a b\"\r\n\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$10241\r\n" + BIG
                + "\r\n*1\r\n$0\r\n\r\n*1025\r\n" + "$1\r\na\r\n".repeat(1_025) + "*1\r\n$4\r\nPING\r\n*1\r\n+";
        assertThat(parsed(all, 1)).isEqualTo(parsed(all));
    }

    @Test
    void bytesInAnyPortionsMeanTheSame() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            String all = conversation(random);
            assertThat(parsed(all, 1 + random.nextInt(20)))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(parsed(all));
        }
    }

    @Test
    void garbageNeitherThrowsNorIsKept() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] garbage = garbage(random);
            Feed feed = new Feed();
            try {
                feed.add(garbage, 1 + random.nextInt(garbage.length + 1));
            } catch (RuntimeException thrown) {
                throw new AssertionError("seed " + seed + " round " + round, thrown);
            }
            assertThat(feed.kept).as("seed %d round %d", seed, round).isLessThanOrEqualTo(32_768);
        }
    }

    private static byte[] garbage(SplittableRandom random) {
        String alphabet = "*$+-:0123456789\r\n\"'\\x aA\u0000\u00ff";
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "*2\r\n$3\r\n" : "");
        int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 20_000 : 60);
        while (text.length() < length) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String conversation(SplittableRandom random) {
        StringBuilder all = new StringBuilder();
        for (int commands = random.nextInt(5); commands >= 0; commands--) {
            int words = 1 + random.nextInt(4);
            all.append('*').append(words).append("\r\n");
            for (int word = 0; word < words; word++) {
                int length = random.nextInt(30) == 0 ? 10_240 + random.nextInt(3) : random.nextInt(12);
                all.append('$')
                        .append(length)
                        .append("\r\n")
                        .append("\r".repeat(length))
                        .append("\r\n");
            }
        }
        return all.toString();
    }

    private static List<String> parsed(String text) {
        return parsed(text, Integer.MAX_VALUE);
    }

    private static List<String> parsed(String text, int portion) {
        Feed feed = new Feed();
        feed.add(text.getBytes(StandardCharsets.ISO_8859_1), portion);
        return feed.seen;
    }

    /** Does what a connection does: keeps what was not consumed, and offers it again with more. */
    private static final class Feed {

        private final RespParser parser = new RespParser(1_024);
        private final List<String> seen = new ArrayList<>();
        private byte[] rest = {};
        private int kept;
        private boolean malformed;

        void add(byte[] bytes, int portion) {
            for (int at = 0; at < bytes.length && !malformed; at += Math.min(portion, bytes.length - at)) {
                byte[] more = Arrays.copyOfRange(bytes, at, at + Math.min(portion, bytes.length - at));
                byte[] joined = Arrays.copyOf(rest, rest.length + more.length);
                System.arraycopy(more, 0, joined, rest.length, more.length);
                rest = joined;
                while (!malformed && rest.length > 0 && step()) {
                    kept = Math.max(kept, 0);
                }
                kept = portion < 100 ? Math.max(kept, rest.length) : kept;
            }
        }

        private boolean step() {
            RespParser.Step step = parser.next(rest, 0, rest.length);
            switch (step) {
                case NEED_MORE -> {}
                case COMMAND -> seen.add(words());
                case REFUSED -> seen.add("? " + parser.problem());
                case MALFORMED -> {
                    seen.add("! " + parser.problem());
                    malformed = true;
                }
            }
            rest = Arrays.copyOfRange(rest, parser.consumed(), rest.length);
            return step == RespParser.Step.COMMAND || step == RespParser.Step.REFUSED;
        }

        private String words() {
            List<String> words = new ArrayList<>();
            for (int i = 0; i < parser.count(); i++) {
                words.add(new String(parser.bytes(), parser.offset(i), parser.length(i), StandardCharsets.ISO_8859_1));
            }
            return words.toString();
        }
    }
}
