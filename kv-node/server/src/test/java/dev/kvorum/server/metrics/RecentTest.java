package dev.kvorum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.request.Achieved;
import dev.kvorum.core.request.ClientReply;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Durability;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Expiry;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.server.metrics.RequestMeter.Verb;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Operation READ = new Operation.Read();
    private static final Operation PUT = new Operation.Put(Kind.BYTES, "", new byte[300], Expiry.NEVER, Condition.NONE);
    private static final Sibling SIBLING = new Sibling(new Dot(1, 1), Kind.BYTES, "", 0, 1, new byte[0], new byte[40]);
    private static final ClientReply VALUE = new ClientReply.Value(
            KvObject.ABSENT.overwriteAll(SIBLING),
            0,
            new Achieved(1, 1, Durability.FSYNC, 1, Achieved.Repair.NONE_NEEDED));

    private final Metrics metrics = new Metrics();
    private final RequestMeter meter = metrics.meter("resp");
    private final Recent recent = new Recent(metrics, 0);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void ratesAreThoseOfTheirOwnWindow() {
        for (int second = 1; second <= 70; second++) {
            read(second > 69 ? 500 : second > 60 ? 100 : 10, 70_000);
            recent.look(second * SECOND, 0);
        }
        long now = 70 * SECOND;
        assertThat(recent.tenthsPerSecond(Verb.GET, 1, now)).isEqualTo(5_000);
        assertThat(recent.tenthsPerSecond(Verb.GET, 10, now)).isEqualTo(1_400);
        assertThat(recent.tenthsPerSecond(Verb.GET, 60, now)).isEqualTo(317);
        assertThat(recent.tenthsPerSecond(Verb.PUT, 60, now)).isZero();
    }

    @Test
    void aYoungProcessTellsTheRateSinceItsStart() {
        read(40, 70_000);
        assertThat(recent.tenthsPerSecond(Verb.GET, 60, 4 * SECOND)).isEqualTo(100);
        recent.look(4 * SECOND, 0);
        assertThat(recent.tenthsPerSecond(Verb.GET, 60, 8 * SECOND)).isEqualTo(50);
    }

    @Test
    void latenciesForgetWhatIsMoreThanAMinuteAgo() {
        read(1_000, 900_000_000);
        for (int second = 1; second <= 70; second++) {
            recent.look(second * SECOND, 0);
        }
        read(98, 70_000);
        read(2, 3_000_000);
        assertThat(recent.perMilleUs(Verb.GET, 500, 70 * SECOND)).isEqualTo(100);
        assertThat(recent.perMilleUs(Verb.GET, 990, 70 * SECOND)).isEqualTo(5_000);
    }

    @Test
    void bytesAreThoseOfTheValues() {
        read(10, 1);
        meter.finished(PUT, ClientReply.Failed.notApplied(ErrorCode.TIMEOUT, ""), 0, 1);
        assertThat(recent.readPerSecond(2 * SECOND)).isEqualTo(200);
        assertThat(recent.writtenPerSecond(2 * SECOND)).isEqualTo(150);
        assertThat(metrics.scrape(List.of()))
                .contains("kvorum_value_bytes_total{protocol=\"resp\",direction=\"read\"} 400\n")
                .contains("kvorum_value_bytes_total{protocol=\"resp\",direction=\"written\"} 300\n");
    }

    @Test
    void theBusiestShardsComeFirst() {
        SlotMeter slots = metrics.slotMeter();
        for (int shard = 0; shard < 12; shard++) {
            for (int i = 0; i <= shard; i++) {
                slots.asked(shard * 1_024 + i);
            }
        }
        recent.look(SECOND, 16);
        List<Recent.ShardRate> top = recent.topShards(2 * SECOND);
        assertThat(top).hasSize(10);
        assertThat(top.getFirst()).isEqualTo(new Recent.ShardRate(11, 60));
        assertThat(top.getLast()).isEqualTo(new Recent.ShardRate(2, 15));
        for (int second = 1; second <= 100; second++) {
            recent.look((2 + second) * SECOND, 16);
        }
        assertThat(recent.topShards(102 * SECOND)).isEmpty();
    }

    private void read(int times, long tookNs) {
        for (int i = 0; i < times; i++) {
            meter.finished(READ, VALUE, 0, tookNs);
        }
    }
}
