package dev.kvorum.core.authority;

import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * The canonical binary form of a state: sections by key, so that a change rewrites only the sections that it touched.
 *
 * <pre>
 * snapshot = version u8, index var, term var, count var, (key var, length var, bytes)*, crc32c u32
 * key 0    head: charter, epoch, voters, session, weakest write, feature level, settings, number of shards
 * key 1    remembered commands
 * key 2    buckets
 * key 3    nodes
 * key 16+k shards 64k to 64k+63
 * </pre>
 */
public final class StateForm {

    /** The version that this code writes, and the only one that it reads. */
    public static final int VERSION = 1;

    /** The longest snapshot that is read: 1,024 nodes and 16,384 shards of nine replicas take less. */
    public static final int MOST_BYTES = 16 << 20;

    private static final int HEAD = 0;
    private static final int RECENTS = 1;
    private static final int BUCKETS = 2;
    private static final int NODES = 3;
    private static final int FIRST_SHARDS = 16;
    private static final int SHARDS_EACH = 64;
    private static final int MOST_SHARDS = 16_384;

    private StateForm() {}

    /**
     * A state and the place in the log after whose entry it holds.
     *
     * @param index of the last entry applied; 0 before the first
     */
    public record Snapshot(long index, long term, AuthorityState state) {

        /** What every log begins with. */
        public static final Snapshot EMPTY = new Snapshot(0, 0, AuthorityState.EMPTY);
    }

    /** The bytes of a snapshot: equal snapshots have equal bytes. */
    public static byte[] encode(Snapshot snapshot) {
        return encode(snapshot.index(), snapshot.term(), sections(snapshot.state()));
    }

    static byte[] encode(long index, long term, SortedMap<Integer, byte[]> sections) {
        WireWriter out = new WireWriter();
        out.putByte(VERSION).putVar(index).putVar(term).putVar(sections.size());
        sections.forEach((key, bytes) -> out.putVar(key).putBytes(bytes));
        CRC32C crc = new CRC32C();
        crc.update(out.array(), 0, out.size());
        return out.putInt((int) crc.getValue()).toBytes();
    }

    /**
     * Reads a whole snapshot.
     *
     * @throws MalformedException when the bytes are anything else, whatever they are
     */
    public static Snapshot decode(byte[] bytes) {
        StoreBatch whole = readBatch(bytes);
        return new Snapshot(whole.index(), whole.term(), read(whole.sections()));
    }

    /** The batch that leads from the sections {@code before} to those of a later state. */
    static StoreBatch batch(SortedMap<Integer, byte[]> before, Snapshot after) {
        SortedMap<Integer, byte[]> changed = sections(after.state());
        changed.entrySet().removeIf(section -> Arrays.equals(section.getValue(), before.get(section.getKey())));
        return new StoreBatch(after.index(), after.term(), changed);
    }

    /** Reads the bytes of a batch or of a snapshot, which is a batch of all sections. */
    static StoreBatch readBatch(byte[] bytes) {
        int end = bytes.length - Integer.BYTES;
        if (end < 1 || bytes.length > MOST_BYTES) {
            throw new MalformedException("an authority state of " + bytes.length + " bytes");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        if (new WireReader(bytes, end, Integer.BYTES).getInt() != (int) crc.getValue()) {
            throw new MalformedException("an authority state with a wrong checksum");
        }
        WireReader in = new WireReader(bytes, 0, end);
        int version = in.getByte();
        if (version != VERSION) {
            throw new MalformedException("an authority state of version " + version + ", this node reads " + VERSION);
        }
        long index = in.getVar();
        long term = in.getVar();
        TreeMap<Integer, byte[]> sections = new TreeMap<>();
        for (int left = in.getCount(2); left > 0; left--) {
            sections.put(Texts.smallNumber(in), in.getBytes());
        }
        in.end();
        return new StoreBatch(index, term, sections);
    }

    /** All sections of a state, by key. */
    static SortedMap<Integer, byte[]> sections(AuthorityState state) {
        TreeMap<Integer, byte[]> sections = new TreeMap<>();
        sections.put(HEAD, head(state));
        WireWriter recents = new WireWriter();
        state.recents().write(recents);
        sections.put(RECENTS, recents.toBytes());
        WireWriter buckets = new WireWriter();
        buckets.putVar(state.buckets().size());
        state.buckets().forEach(bucket -> bucket.write(buckets));
        sections.put(BUCKETS, buckets.toBytes());
        WireWriter nodes = new WireWriter();
        nodes.putVar(state.nodes().size());
        state.nodes().values().forEach(node -> node.write(nodes));
        sections.put(NODES, nodes.toBytes());
        for (int first = 0; first < state.shards().size(); first += SHARDS_EACH) {
            WireWriter out = new WireWriter();
            int end = Math.min(state.shards().size(), first + SHARDS_EACH);
            state.shards().subList(first, end).forEach(shard -> shard.write(out));
            sections.put(FIRST_SHARDS + first / SHARDS_EACH, out.toBytes());
        }
        return sections;
    }

    private static byte[] head(AuthorityState state) {
        WireWriter out = new WireWriter();
        out.putVar(state.epoch());
        if (state.isFounded()) {
            state.charter().write(out);
        }
        out.putVar(state.voters().size());
        state.voters().forEach(voter -> voter.write(out));
        out.putVar(state.session().number()).putText(state.session().operator());
        out.putVar(state.weakestWrite())
                .putVar(state.featureLevel())
                .putVar(state.settings().size());
        state.settings().forEach((setting, value) -> out.putEnum(setting).putVar(value));
        return out.putVar(state.shards().size()).toBytes();
    }

    /**
     * Reads a state from all its sections.
     *
     * @throws MalformedException when a section is missing, too many, or not what it should be
     */
    static AuthorityState read(SortedMap<Integer, byte[]> sections) {
        try {
            TreeMap<Integer, byte[]> left = new TreeMap<>(sections);
            Draft draft = new Draft(AuthorityState.EMPTY);
            int shards = readHead(draft, take(left, HEAD));
            draft.recents = whole(take(left, RECENTS), Recents::read);
            draft.buckets.addAll(whole(take(left, BUCKETS), in -> Texts.list(in, 5, BucketSettings::read)));
            whole(take(left, NODES), in -> Texts.list(in, NodeId.BYTES, NodeEntry::read))
                    .forEach(draft::put);
            for (int first = 0; first < shards; first += SHARDS_EACH) {
                readShards(
                        draft, Math.min(shards, first + SHARDS_EACH), take(left, FIRST_SHARDS + first / SHARDS_EACH));
            }
            if (!left.isEmpty()) {
                throw new MalformedException("sections of an authority state that do not belong: " + left.keySet());
            }
            requireConsistent(draft);
            return draft.toState();
        } catch (IllegalArgumentException outOfBounds) {
            throw new MalformedException("an authority state: " + outOfBounds.getMessage());
        }
    }

    private static int readHead(Draft draft, WireReader in) {
        draft.epoch = in.getVar();
        if (draft.epoch < 0) {
            throw new MalformedException("an authority state of epoch " + draft.epoch);
        }
        draft.charter = draft.epoch > 0 ? Charter.read(in) : Charter.NONE;
        draft.voters = Texts.list(in, NodeId.BYTES, NodeId::read);
        draft.session = new OperatorSession(in.getVar(), Texts.read(in, Texts.MOST_NAME_BYTES));
        draft.weakestWrite = Texts.smallNumber(in);
        draft.featureLevel = Texts.smallNumber(in);
        for (int left = in.getCount(2); left > 0; left--) {
            draft.settings.put(in.getEnum(ClusterSetting.values()), in.getVar());
        }
        int shards = Texts.smallNumber(in);
        in.end();
        if (shards > MOST_SHARDS) {
            throw new MalformedException("an authority state of " + shards + " shards, at most " + MOST_SHARDS);
        }
        return shards;
    }

    private static void readShards(Draft draft, int end, WireReader in) {
        while (draft.shards.size() < end) {
            draft.shards.add(ShardState.read(draft.shards.size(), in));
        }
        in.end();
    }

    private static void requireConsistent(Draft draft) {
        List<NodeId> unknown = new ArrayList<>(draft.voters);
        draft.shards.forEach(shard -> unknown.addAll(shard.entry().replicas()));
        unknown.removeIf(draft.nodes::containsKey);
        if (!unknown.isEmpty()) {
            throw new MalformedException("an authority state names unknown nodes: " + unknown);
        }
    }

    private static WireReader take(Map<Integer, byte[]> sections, int key) {
        byte[] bytes = sections.remove(key);
        if (bytes == null) {
            throw new MalformedException("an authority state without section " + key);
        }
        return new WireReader(bytes);
    }

    private static <T> T whole(WireReader in, Function<WireReader, T> form) {
        T value = form.apply(in);
        in.end();
        return value;
    }
}
