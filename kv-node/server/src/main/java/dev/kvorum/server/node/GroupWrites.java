package dev.kvorum.server.node;

import dev.kvorum.core.authority.StoreBatch;
import dev.kvorum.core.authority.StoredState;
import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.ConsensusCodec;
import dev.kvorum.core.consensus.Damage;
import dev.kvorum.core.consensus.Entry;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.Saved;
import dev.kvorum.core.node.AuthorityGroupWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.LogWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.SnapshotWrite;
import dev.kvorum.core.node.AuthorityGroupWrite.StateWrite;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import dev.kvorum.storage.GroupContent;
import dev.kvorum.storage.GroupRecords;
import dev.kvorum.storage.GroupRecords.Order;
import dev.kvorum.storage.commit.Submitted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The authority's log and state as records of the store. */
final class GroupWrites {

    private GroupWrites() {}

    static Submitted submit(GroupRecords records, Order order, AuthorityGroupWrite write) {
        return switch (write) {
            case LogWrite(HardState hardState, List<Entry> entries) ->
                records.store(
                        order,
                        bytes(out -> ConsensusCodec.write(hardState, out)),
                        entries.isEmpty() ? 0 : entries.getFirst().index(),
                        entries.stream()
                                .map(entry -> bytes(out -> ConsensusCodec.write(entry, out)))
                                .toList());
            case StateWrite(Mark mark, StoreBatch state) ->
                records.apply(order, bytes(out -> ConsensusCodec.write(mark, out)), sections(state));
            case SnapshotWrite(HardState hardState, Mark mark, StoreBatch state) ->
                records.install(
                        order,
                        bytes(out -> ConsensusCodec.write(hardState, out)),
                        bytes(out -> ConsensusCodec.write(mark, out)),
                        sections(state));
        };
    }

    private static SortedMap<Integer, byte[]> sections(StoreBatch state) {
        return new TreeMap<>(state.sections());
    }

    private static byte[] bytes(Consumer<WireWriter> content) {
        WireWriter out = new WireWriter();
        content.accept(out);
        return out.toBytes();
    }

    /**
     * What a start found.
     *
     * @param damage something of the log is there and wrong, although the store is sound
     */
    record Found(Saved saved, StoredState state, @Nullable Damage damage) {}

    /**
     * Reads what an earlier process stored.
     *
     * @param founding what the log begins with where nothing is stored
     */
    static Found read(GroupContent content, Configuration founding) {
        try {
            HardState hardState =
                    content.vote().map(whole(ConsensusCodec::readHardState)).orElse(HardState.NEW);
            Mark mark = content.mark().map(whole(ConsensusCodec::readMark)).orElse(Mark.start(founding));
            // A batch carries what changed: what never did is as in the empty state.
            SortedMap<Integer, byte[]> sections = new TreeMap<>(StoredState.EMPTY.sections());
            sections.putAll(content.sections());
            StoredState state = new StoredState(mark.index(), mark.position().term(), sections);
            state.read();
            List<Entry> entries = new ArrayList<>();
            content.entries()
                    .forEach(bytes ->
                            entries.add(whole(ConsensusCodec::readEntry).apply(bytes)));
            return new Found(new Saved(hardState, mark, entries), state, wrong(entries));
        } catch (MalformedException malformed) {
            Damage damage = new Damage.SyncedLost("the authority's records: " + malformed.getMessage());
            return new Found(Saved.nothing(Configuration.NONE), StoredState.EMPTY, damage);
        }
    }

    private static @Nullable Damage wrong(List<Entry> entries) {
        for (Entry entry : entries) {
            if (!entry.isIntact()) {
                return new Damage.SyncedLost("entry " + entry.index() + " of the authority's log");
            }
        }
        return null;
    }

    private static <T> Function<byte[], T> whole(Function<WireReader, T> form) {
        return bytes -> {
            WireReader in = new WireReader(bytes);
            T read = form.apply(in);
            in.end();
            return read;
        };
    }
}
