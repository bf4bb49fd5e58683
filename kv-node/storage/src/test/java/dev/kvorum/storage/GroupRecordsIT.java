package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.GroupRecords.Order;
import dev.kvorum.storage.commit.RecordedAnswers;
import dev.kvorum.storage.commit.Submitted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupRecordsIT {

    private final Volume volume;
    private final RecordedAnswers answers = new RecordedAnswers();
    private NodeStorage storage;
    private GroupRecords group;
    private long lastOp;

    GroupRecordsIT(@TempDir Path directory) throws IOException {
        volume = new Volume(directory);
        storage = volume.open();
        group = storage.group(7);
        group.read();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aNewGroupHasNothing() throws IOException {
        GroupContent content = group.read();
        assertThat(content.vote()).isEmpty();
        assertThat(content.mark()).isEmpty();
        assertThat(content.sections()).isEmpty();
        assertThat(content.entries()).isEmpty();
        assertThat(content.lastIndex()).isZero();
    }

    @Test
    void whatWasStoredIsThereAfterAReopen() throws IOException {
        accepted(group.store(order(), bytes("vote 1"), 1, List.of(bytes("a"), bytes("b"))));
        accepted(group.store(order(), bytes("vote 2"), 3, List.of(bytes("c"))));
        accepted(group.apply(order(), bytes("mark 2"), sections(0, "zero", 300, "three hundred")));
        accepted(group.apply(order(), bytes("mark 3"), sections(300, "other")));

        GroupContent content = reopened().read();

        assertThat(texts(content.entries())).containsExactly("a", "b", "c");
        assertThat(content.lastIndex()).isEqualTo(3);
        assertThat(content.vote().map(GroupRecordsIT::text)).contains("vote 2");
        assertThat(content.mark().map(GroupRecordsIT::text)).contains("mark 3");
        assertThat(text(content.sections().get(0))).isEqualTo("zero");
        assertThat(text(content.sections().get(300))).isEqualTo("other");
    }

    @Test
    void entriesReplaceEverythingFromTheFirstOnAlsoWhatAnEarlierProcessStored() throws IOException {
        accepted(group.store(order(), bytes("v"), 1, List.of(bytes("a"), bytes("b"), bytes("c"), bytes("d"))));
        group = reopened();
        group.read();

        accepted(group.store(order(), bytes("v"), 2, List.of(bytes("B"))));

        assertThat(texts(reopened().read().entries())).containsExactly("a", "B");
    }

    @Test
    void aVoteAloneLeavesTheLogAsItIs() throws IOException {
        accepted(group.store(order(), bytes("v"), 1, List.of(bytes("a"), bytes("b"))));
        accepted(group.store(order(), bytes("w"), 1, List.of()));
        assertThat(texts(group.read().entries())).containsExactly("a", "b");
    }

    @Test
    void compactionKeepsWhatComesBehind() throws IOException {
        accepted(group.store(order(), bytes("v"), 1, List.of(bytes("a"), bytes("b"), bytes("c"))));
        accepted(group.compact(order(), 2));
        GroupContent content = reopened().read();
        assertThat(texts(content.entries())).containsExactly("c");
        assertThat(content.lastIndex()).isEqualTo(3);
    }

    @Test
    void anInstalledStateTakesThePlaceOfStateAndLog() throws IOException {
        accepted(group.store(order(), bytes("v"), 1, List.of(bytes("a"))));
        accepted(group.apply(order(), bytes("old"), sections(1, "one", 2, "two")));

        accepted(group.install(order(), bytes("w"), bytes("mark 9"), sections(2, "TWO")));
        accepted(group.store(order(), bytes("w"), 10, List.of(bytes("j"))));

        GroupContent content = reopened().read();
        assertThat(texts(content.entries())).containsExactly("j");
        assertThat(content.mark().map(GroupRecordsIT::text)).contains("mark 9");
        assertThat(content.sections()).containsOnlyKeys(2);
    }

    @Test
    void groupsAreNotInEachOthersWay() throws IOException {
        GroupRecords other = storage.group(8);
        other.read();
        accepted(group.store(order(), bytes("v"), 1, List.of(bytes("a"))));
        accepted(other.store(order(), bytes("w"), 1, List.of(bytes("x"), bytes("y"))));
        accepted(group.clear(order()));

        assertThat(group.read().entries()).isEmpty();
        assertThat(texts(other.read().entries())).containsExactly("x", "y");
    }

    private GroupRecords reopened() {
        storage.close();
        storage = volume.open();
        return storage.group(7);
    }

    private Order order() {
        return new Order(++lastOp, answers);
    }

    /** Waits until it is durable. */
    private void accepted(Submitted submitted) {
        assertThat(submitted).isEqualTo(Submitted.ACCEPTED);
        answers.await(1);
    }

    private static SortedMap<Integer, byte[]> sections(Object... keysAndTexts) {
        TreeMap<Integer, byte[]> sections = new TreeMap<>();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            sections.put((Integer) keysAndTexts[i], bytes((String) keysAndTexts[i + 1]));
        }
        return sections;
    }

    private static List<String> texts(List<byte[]> values) {
        return values.stream().map(GroupRecordsIT::text).toList();
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "nothing" : new String(value, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
