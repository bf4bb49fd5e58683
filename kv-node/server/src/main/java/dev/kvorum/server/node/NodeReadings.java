package dev.kvorum.server.node;

import dev.kvorum.core.replication.ReplicationEffect.Event;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.Reading;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.StorageMetrics;
import dev.kvorum.storage.commit.CommitStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The figures of a node's machines, links and store at this moment. */
final class NodeReadings {

    private static final String QUEUE_HELP = "Bytes that wait in a queue of this process.";

    private final List<Reading> readings = new ArrayList<>();

    private NodeReadings() {}

    static List<Reading> of(
            List<Loop> loops, @Nullable NodeStorage store, @Nullable Founded founded, Belonging belonging) {
        NodeReadings all = new NodeReadings();
        all.add(
                "ring_epoch",
                "The epoch of the ring in force; 0 without one.",
                founded == null ? 0 : founded.ring().epoch());
        all.addReplication(loops);
        all.addLinks(loops);
        if (store != null) {
            all.addStorage(store.metrics());
            all.addCaches(loops);
        }
        all.readings.addAll(belonging.readings());
        return all.readings;
    }

    private void addReplication(List<Loop> loops) {
        for (Event event : Event.values()) {
            readings.add(Reading.of(
                    "replica_events_total",
                    "What the replication machines did beside the common path.",
                    "event",
                    event.name().toLowerCase(Locale.ROOT),
                    sum(loops, loop -> loop.count(event))));
        }
        add(
                "loops_steady",
                "Data loops that have warmed up; in place of the others steady nodes are home.",
                sum(loops, loop -> loop.isSteady() ? 1 : 0));
        add("operations_in_flight", "Client requests on their way in this node.", sum(loops, Loop::operationsInFlight));
        add(
                "replica_pending_stores",
                "Objects handed to the store and not durable yet.",
                sum(loops, Loop::pendingStores));
    }

    private void addLinks(List<Loop> loops) {
        add(
                "peer_links_open",
                "Open links to other nodes.",
                sum(loops, loop -> loop.links().open()));
        readings.add(Reading.of(
                "queue_bytes",
                QUEUE_HELP,
                "queue",
                "peers",
                sum(loops, loop -> loop.links().waitingBytes())));
        add(
                "peer_messages_dropped_total",
                "Messages dropped because a peer did not read.",
                sum(loops, loop -> loop.links().dropped()));
    }

    private void addStorage(StorageMetrics metrics) {
        readings.add(Reading.of("queue_bytes", QUEUE_HELP, "queue", "committer", metrics.queuedBytes()));
        add("storage_free_bytes", "Free space of the volume.", metrics.freeBytes());
        add("storage_volume_bytes", "Size of the volume.", metrics.volumeBytes());
        add("storage_block_cache_bytes", "Bytes in use of the block cache.", metrics.blockCacheBytes());
        add("storage_live_data_bytes", "Estimated size of the live data.", metrics.liveDataBytes());
        CommitStats commits = metrics.commits();
        add("storage_commits_total", "Batches that the committer has written.", commits.commits());
        add("storage_committed_bytes_total", "Bytes of keys and values in those batches.", commits.bytes());
        add("storage_syncs_total", "Batches that were synced to the disk.", commits.syncs());
        add("storage_sync_us_total", "Time that those took, in microseconds.", commits.syncNanosSum() / 1_000);
    }

    private void addCaches(List<Loop> loops) {
        add("storage_object_cache_bytes", "Memory taken by the object caches.", sum(loops, Loop::cacheBytes));
        add("storage_object_cache_hits_total", "Look-ups that an object cache answered.", sum(loops, Loop::cacheHits));
        add(
                "storage_object_cache_misses_total",
                "Look-ups that had to ask the store's files.",
                sum(loops, Loop::cacheMisses));
    }

    private void add(String name, String help, long value) {
        readings.add(Reading.of(name, help, value));
    }

    private static long sum(List<Loop> loops, ToLongFunction<Loop> figure) {
        return loops.stream().mapToLong(figure).sum();
    }
}
