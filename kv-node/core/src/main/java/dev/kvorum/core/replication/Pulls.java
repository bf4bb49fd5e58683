package dev.kvorum.core.replication;

import dev.kvorum.core.replication.LocalObjects.AfterStore;
import dev.kvorum.core.replication.LocalObjects.Merge;
import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.core.replication.ReplicationMessage.End;
import dev.kvorum.core.replication.ReplicationMessage.PageAnswer;
import dev.kvorum.core.replication.ReplicationMessage.PageRequest;
import dev.kvorum.core.replication.ReplicationMessage.StoredObject;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.ring.Key;
import dev.kvorum.core.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * After a restart of the kernel: merges every shard of this loop from N−W+1 other replicas, page by page, before the
 * node votes again. Other replicas may be merging themselves; what they hold durably is what counts.
 */
final class Pulls {

    private static final int MOST_STREAMS = 4;
    private static final int RETRY_MS = 500;

    /** One shard streaming from one other replica. */
    private static final class Stream {
        final long id;
        final int shard;
        final NodeId source;

        @Nullable
        Key after;

        End end = End.MORE;
        int unmerged;
        int page;
        int pageAtLastRetry = -1;

        Stream(long id, int shard, NodeId source) {
            this.id = id;
            this.shard = shard;
            this.source = source;
        }
    }

    private final Surroundings here;
    private final LocalObjects objects;
    private final LoopShare share;
    private final LongMap<Stream> streams = new LongMap<>();

    /** Shards that still need sources, with the sources merged so far. */
    private final TreeMap<Integer, List<NodeId>> missing = new TreeMap<>();

    private boolean active;

    /** Nothing is pulled again while other loops of the node still merge. */
    private boolean merged;

    Pulls(Surroundings here, LocalObjects objects, LoopShare share) {
        this.here = here;
        this.objects = objects;
        this.share = share;
    }

    /** Starts when the node is merging and knows its ring; otherwise nothing is pulled. */
    void reconsider() {
        boolean wanted = here.standing() == Standing.MERGING && here.hasRing();
        merged &= wanted;
        if (merged) {
            return;
        }
        if (wanted && !active) {
            begin();
        } else if (!wanted && active) {
            active = false;
            missing.clear();
            streams.inOrder().forEach(stream -> streams.remove(stream.id));
        } else if (active) {
            openStreams();
            endIfMerged();
        }
    }

    private void begin() {
        active = true;
        for (int shard = 0; shard < here.ring().shards(); shard++) {
            expect(shard);
        }
        openStreams();
        endIfMerged();
    }

    private void expect(int shard) {
        if (share.owns(shard) && here.isComplete(shard) && here.table().mergeSources(shard) > 0) {
            missing.put(shard, new ArrayList<>(2));
        }
    }

    private void openStreams() {
        for (var shard : List.copyOf(missing.keySet())) {
            if (streams.size() >= MOST_STREAMS) {
                return;
            }
            if (!isStreaming(shard)) {
                open(shard);
            }
        }
    }

    /**
     * The row is another one: whom it still misses is found out anew, from those that are complete now. What is merged
     * already stays, unless nobody is waited for any more, as a node that turned incomplete does not.
     */
    void onEntryChanged(int shard) {
        streams.inOrder().stream().filter(stream -> stream.shard == shard).forEach(stream -> streams.remove(stream.id));
        if (missing.remove(shard) != null) {
            expect(shard);
        }
    }

    /** Writes may be on fewer replicas than those counted so far; all shards are merged again. */
    void onWeakerWrites() {
        if (active) {
            streams.inOrder().forEach(stream -> streams.remove(stream.id));
            missing.clear();
            active = false;
        }
    }

    private boolean isStreaming(int shard) {
        return streams.inOrder().stream().anyMatch(stream -> stream.shard == shard);
    }

    private void open(int shard) {
        List<NodeId> merged = missing.getOrDefault(shard, List.of());
        for (NodeId replica : here.table().complete(shard)) {
            if (here.view().isLive(replica) && !merged.contains(replica)) {
                Stream stream = new Stream(here.nextId(), shard, replica);
                streams.put(stream.id, stream);
                askNextPage(stream);
                here.timers.at(here.nowMs() + RETRY_MS, stream.id, Timers.Cause.RETRY);
                return;
            }
        }
    }

    private void askNextPage(Stream stream) {
        here.send(
                stream.source,
                new PageRequest(stream.id, here.entry(stream.shard).epoch(), stream.shard, stream.after));
    }

    void onPage(NodeId from, PageAnswer page) {
        Stream stream = streams.get(page.id());
        if (stream == null || stream.unmerged > 0 || !from.equals(stream.source) || page.shard() != stream.shard) {
            return;
        }
        stream.page++;
        stream.end = page.objects().isEmpty() ? End.LAST : page.end();
        stream.unmerged = page.objects().size();
        if (stream.unmerged == 0) {
            onPageMerged(stream);
            return;
        }
        stream.after = page.objects().getLast().key();
        for (StoredObject stored : page.objects()) {
            objects.modify(new Merge(
                    stored.key(),
                    stored.object(),
                    Durability.FSYNC,
                    Long.MAX_VALUE,
                    new AfterStore.CountPage(stream.id)));
        }
    }

    void onObjectMerged(long pullId) {
        Stream stream = streams.get(pullId);
        if (stream != null && --stream.unmerged == 0) {
            onPageMerged(stream);
        }
    }

    private void onPageMerged(Stream stream) {
        here.trace(Event.PAGE_MERGED, stream.shard);
        if (stream.end == End.MORE) {
            askNextPage(stream);
            return;
        }
        streams.remove(stream.id);
        List<NodeId> sources = missing.get(stream.shard);
        if (sources != null) {
            sources.add(stream.source);
            if (sources.size() >= here.table().mergeSources(stream.shard)) {
                missing.remove(stream.shard);
            }
        }
        openStreams();
        endIfMerged();
    }

    /** A page that cannot be had or merged: the shard starts again, from whichever replica is live. */
    void onFailed(long pullId) {
        Stream stream = streams.get(pullId);
        if (stream != null) {
            streams.remove(pullId);
            here.timers.at(here.nowMs() + RETRY_MS, 0, Timers.Cause.RETRY);
        }
    }

    /** Looks whether a stream moved since the last look; one that stands still is opened anew. */
    void onRetry(long pullId) {
        Stream stream = streams.get(pullId);
        if (stream != null) {
            if (stream.pageAtLastRetry == stream.page && stream.unmerged == 0) {
                streams.remove(pullId);
            } else {
                stream.pageAtLastRetry = stream.page;
                here.timers.at(here.nowMs() + RETRY_MS, pullId, Timers.Cause.RETRY);
            }
        }
        reconsider();
        if (active && streams.size() == 0 && !missing.isEmpty() && stream == null) {
            here.timers.at(here.nowMs() + RETRY_MS, 0, Timers.Cause.RETRY);
        }
    }

    private void endIfMerged() {
        if (active && missing.isEmpty()) {
            active = false;
            merged = true;
            here.emit(new ReplicationEffect.Merged());
        }
    }
}
