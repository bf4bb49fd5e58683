package dev.kvorum.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.ring.Slots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which keys there are, asked of three whole nodes. */
class KeyspaceIT {

    @TempDir
    Path directory;

    @Test
    void everyKeyIsFoundOnceOnTheNodesTogether() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            nodes.awaitFirstHomes();
            SortedSet<String> keys = spreadAndInOneSlot();
            set(nodes.host(0), keys);
            Redis.call(nodes.host(1), "SET", "gone", "v");
            Redis.call(nodes.host(1), "DEL", "gone");
            Redis.call(nodes.host(1), "SET", "over", "v", "PX", "1");

            List<String> met = new ArrayList<>();
            int counted = 0;
            for (int node = 0; node < 3; node++) {
                met.addAll(scan(nodes.host(node), () -> {}));
                counted += number(Redis.call(nodes.host(node), "DBSIZE"));
            }
            assertThat(met).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(counted).isEqualTo(keys.size());
        }
    }

    private static SortedSet<String> spreadAndInOneSlot() {
        TreeSet<String> keys = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            keys.add("key-" + i);
        }
        for (int i = 0; i < 2_500; i++) {
            keys.add("{one}" + i);
        }
        return keys;
    }

    @Test
    void aScanMeetsWhatStaysOnceWhileOthersComeAndGo() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            nodes.awaitFirstHomes();
            TreeSet<String> keys = new TreeSet<>();
            for (int i = 0; i < 1_500; i++) {
                keys.add("{one}" + i);
                keys.add("stay-" + i);
            }
            set(nodes.host(0), keys);
            int[] written = new int[1];
            List<String> met = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                met.addAll(scan(nodes.host(node), () -> {
                    String key = (written[0] % 2 == 0 ? "{one}new-" : "new-") + written[0]++;
                    Redis.call(nodes.host(1), "SET", key, "v");
                    Redis.call(nodes.host(2), "SET", "stay-" + written[0] % 1_500, "again");
                }));
            }
            met.removeIf(key -> key.contains("new-"));
            assertThat(met).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @Test
    void patternsAndTypesChooseAndOnlyTheHomeCountsASlot() throws Exception {
        try (LoopbackNodes nodes = new LoopbackNodes(directory)) {
            nodes.foundAll();
            nodes.awaitFirstHomes();
            set(nodes.host(0), List.of("{a}1", "{a}2", "{a}x", "{b}1"));
            int slot = Slots.slotOf("{a}".getBytes(StandardCharsets.US_ASCII));
            int counted = 0;
            List<String> met = new ArrayList<>();
            List<String> lists = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                String host = nodes.host(node);
                counted += number(Redis.call(host, "CLUSTER", "COUNTKEYSINSLOT", Integer.toString(slot)));
                met.addAll(scan(host, () -> {}, "MATCH", "{a}[0-9]"));
                lists.addAll(scan(host, () -> {}, "TYPE", "list"));
            }
            assertThat(counted).isEqualTo(3);
            assertThat(met).containsExactlyInAnyOrder("{a}1", "{a}2");
            assertThat(lists).isEmpty();
        }
    }

    /** What happens between two pages. */
    @FunctionalInterface
    private interface Meanwhile {
        void happens() throws IOException;
    }

    private static List<String> scan(String host, Meanwhile meanwhile, String... options) throws IOException {
        List<String> keys = new ArrayList<>();
        String cursor = "0";
        do {
            List<String> words = new ArrayList<>(List.of("SCAN", cursor, "COUNT", "100"));
            words.addAll(List.of(options));
            String[] lines = Redis.call(host, words.toArray(String[]::new)).split("\r\n", -1);
            assertThat(lines[0]).isEqualTo("*2");
            cursor = lines[2];
            for (int line = 5; line < lines.length - 1; line += 2) {
                keys.add(lines[line]);
            }
            meanwhile.happens();
        } while (!cursor.equals("0"));
        return keys;
    }

    private static void set(String host, Iterable<String> keys) throws IOException {
        List<String> words = new ArrayList<>(List.of("MSET"));
        for (String key : keys) {
            words.add(key);
            words.add("v");
            if (words.size() > 500) {
                assertThat(Redis.call(host, words.toArray(String[]::new))).isEqualTo("+OK\r\n");
                words.subList(1, words.size()).clear();
            }
        }
        if (words.size() > 1) {
            assertThat(Redis.call(host, words.toArray(String[]::new))).isEqualTo("+OK\r\n");
        }
    }

    private static int number(String reply) {
        assertThat(reply).startsWith(":");
        return Integer.parseInt(reply.substring(1).strip());
    }
}
