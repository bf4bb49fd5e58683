package dev.kvorum.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SlotsTest {

    @Test
    void checksumIsTheOneOfXmodem() {
        byte[] digits = bytes("123456789");
        assertThat(Slots.crc16(digits, 0, digits.length)).isEqualTo(0x31C3);
    }

    @Test
    void slotsAreThoseOfRedisCluster() {
        assertThat(slot("foo")).isEqualTo(12_182);
        assertThat(slot("bar")).isEqualTo(5_061);
        assertThat(slot("hello")).isEqualTo(866);
        assertThat(slot("")).isZero();
    }

    @Test
    void keysWithEqualTagsShareASlot() {
        assertThat(slot("{user1000}.following")).isEqualTo(slot("user1000")).isEqualTo(slot("a{user1000}b"));
        assertThat(slot("{user1000}.following")).isNotEqualTo(slot("{user1001}.following"));
    }

    @Test
    void onlyTheFirstNonEmptyTagCounts() {
        assertThat(slot("foo{}{bar}")).isEqualTo(wholeKey("foo{}{bar}"));
        assertThat(slot("foo{{bar}}zap")).isEqualTo(slot("{bar"));
        assertThat(slot("foo{bar}{zap}")).isEqualTo(slot("bar"));
        assertThat(slot("foo{bar")).isEqualTo(wholeKey("foo{bar"));
        assertThat(slot("}foo{bar")).isEqualTo(wholeKey("}foo{bar"));
    }

    @Test
    void bytesAboveSevenBitsAreUnsigned() {
        byte[] high = {(byte) 0xFF, (byte) 0x80, 0};
        assertThat(Slots.crc16(high, 0, high.length)).isEqualTo(bitByBit(high));
    }

    private static int slot(String key) {
        return Slots.slotOf(bytes(key));
    }

    private static int wholeKey(String key) {
        return bitByBit(bytes(key)) % Slots.COUNT;
    }

    private static int bitByBit(byte[] bytes) {
        int crc = 0;
        for (byte next : bytes) {
            for (int bit = 7; bit >= 0; bit--) {
                int top = (crc >>> 15) ^ ((next >>> bit) & 1);
                crc = ((crc << 1) ^ (top * 0x1021)) & 0xFFFF;
            }
        }
        return crc;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
