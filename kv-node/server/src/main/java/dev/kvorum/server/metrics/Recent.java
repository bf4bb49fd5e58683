package dev.kvorum.server.metrics;

import dev.kvorum.server.metrics.RequestMeter.Verb;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * What happened in the last second, ten and sixty, told from pictures of the meters' totals: the requests themselves
 * pay for none of it. Belongs to the thread of the admin door, which calls {@link #look} once a second.
 */
public final class Recent {

    /** How often {@link #look} is due. */
    public static final int LOOK_MS = 1_000;

    private static final int LOOKS = 61;
    private static final int SHARD_LOOK_EVERY = 10;
    private static final int SHARD_LOOKS = 7;
    private static final int TOP_SHARDS = 10;
    private static final long SECOND_NS = 1_000_000_000;

    /** A shard and how often it was asked for. */
    public record ShardRate(int shard, long tenthsPerSecond) {}

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record ShardTotals(long atNs, long[] requests) {}

    private final Metrics metrics;
    private final Deque<Totals> looks = new ArrayDeque<>();
    private final Deque<ShardTotals> shardLooks = new ArrayDeque<>();
    private long looked;

    Recent(Metrics metrics, long nowNs) {
        this.metrics = metrics;
        looks.add(metrics.totals(nowNs));
    }

    /**
     * Takes a picture.
     *
     * @param shards how many shards the ring has, 0 without a ring
     */
    public void look(long nowNs, int shards) {
        if (shards > 0 && shardLooks.isEmpty()) {
            // Without a ring no request was for a shard.
            shardLooks.add(new ShardTotals(looks.getLast().atNs(), new long[shards]));
        }
        looks.add(metrics.totals(nowNs));
        if (looks.size() > LOOKS) {
            looks.remove();
        }
        if (shards > 0 && looked++ % SHARD_LOOK_EVERY == 0) {
            shardLooks.add(new ShardTotals(nowNs, metrics.byShard(shards)));
            if (shardLooks.size() > SHARD_LOOKS) {
                shardLooks.remove();
            }
        }
    }

    /** Tenths of requests per second over the last {@code seconds}, or since the start when that is shorter. */
    public long tenthsPerSecond(Verb verb, int seconds, long nowNs) {
        Totals now = metrics.totals(nowNs);
        Totals before = before(seconds, nowNs);
        return tenths(now.requestsSince(before, verb), nowNs - before.atNs());
    }

    /** What 999, 990 or 500 per mille of the requests of the last 60 seconds took at most, in microseconds. */
    public long perMilleUs(Verb verb, int perMille, long nowNs) {
        return metrics.totals(nowNs).perMilleUs(before(60, nowNs), verb, perMille);
    }

    /** Bytes of values that were read per second over the last ten seconds. */
    public long readPerSecond(long nowNs) {
        Totals before = before(10, nowNs);
        return tenths(metrics.totals(nowNs).bytesRead() - before.bytesRead(), nowNs - before.atNs()) / 10;
    }

    /** Bytes of values that were written per second over the last ten seconds. */
    public long writtenPerSecond(long nowNs) {
        Totals before = before(10, nowNs);
        return tenths(metrics.totals(nowNs).bytesWritten() - before.bytesWritten(), nowNs - before.atNs()) / 10;
    }

    /** The shards that were asked for most over about the last 60 seconds, the busiest first. */
    public List<ShardRate> topShards(long nowNs) {
        ShardTotals before = shardLooks.peek();
        if (before == null) {
            return List.of();
        }
        long[] now = metrics.byShard(before.requests().length);
        List<ShardRate> rates = new ArrayList<>();
        for (int shard = 0; shard < now.length; shard++) {
            long tenths = tenths(now[shard] - before.requests()[shard], nowNs - before.atNs());
            if (tenths > 0) {
                rates.add(new ShardRate(shard, tenths));
            }
        }
        rates.sort(Comparator.comparingLong(ShardRate::tenthsPerSecond).reversed());
        return List.copyOf(rates.subList(0, Math.min(TOP_SHARDS, rates.size())));
    }

    /** The youngest picture that is at least so old, or the oldest. */
    private Totals before(int seconds, long nowNs) {
        Totals before = looks.getFirst();
        for (Totals look : looks) {
            // Half a picture's distance earlier will do: the timer is never late by nothing.
            if (nowNs - look.atNs() < (seconds * 2L - 1) * SECOND_NS / 2) {
                return before;
            }
            before = look;
        }
        return before;
    }

    private static long tenths(long count, long ns) {
        return ns <= 0 ? 0 : Math.round(count * 10.0 * SECOND_NS / ns);
    }
}
