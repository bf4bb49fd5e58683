package dev.kvorum.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.local.json.Json;
import org.junit.jupiter.api.Test;

final class TablesTest {

    private static final String RING = """
            {"clusterId": "c-1", "generation": 1, "epoch": 7, "hash": "0f0f", "shards": 2, "factor": 2,
             "nodes": [{"id": "aa", "name": "demo-zone-a-0", "zone": "zone-a"},
                       {"id": "bb", "name": "demo-b-0", "zone": "b"}],
             "voters": ["aa", "bb"], "leader": "bb",
             "table": [{"shard": 0, "epoch": 1, "replicas": ["aa", "bb"], "incomplete": [], "awaited": [],
                        "loss": "none"},
                       {"shard": 1, "epoch": 7, "replicas": ["bb", "aa"], "incomplete": ["aa"],
                        "awaited": ["aa", "bb"], "loss": "possible"}]}
            """;

    @Test
    void ringSaysWhoDecidesWhoHoldsAndWhatIsMissing() {
        assertThat(Tables.ring(Json.parseObject(RING))).isEqualToNormalizingNewlines("""
                cluster c-1, generation 1, epoch 7, hash 0f0f
                2 shards with 2 replicas each
                voters demo-zone-a-0, demo-b-0; demo-b-0 leads

                NODE           ZONE    SHARDS  FIRST IN
                demo-zone-a-0  zone-a  2       1
                demo-b-0       b       2       1

                SHARD  EPOCH  INCOMPLETE     AWAITED                  LOSS
                1      7      demo-zone-a-0  demo-zone-a-0, demo-b-0  possible
                """);
    }

    @Test
    void aRingThatIsWholeHasNoSecondTable() {
        String whole = RING.replace("[\"aa\"]", "[]")
                .replace("\"awaited\": [\"aa\", \"bb\"]", "\"awaited\": []")
                .replace("possible", "none")
                .replace("\"leader\": \"bb\"", "\"leader\": null");
        assertThat(Tables.ring(Json.parseObject(whole)))
                .contains("; nobody leads")
                .doesNotContain("INCOMPLETE");
    }

    @Test
    void membersSayHowTheyAreSeenAndWhatTheAuthorityKnows() {
        String members = """
                {"members": [
                  {"name": "demo-a-0", "zone": "a", "state": "alive", "score": 100, "authority": "active",
                   "volumeId": "0123456789abcdef0123456789abcdef", "boot": 3, "votes": true, "leads": true},
                  {"name": "demo-b-0", "zone": "b", "state": "dead", "score": 60, "authority": null,
                   "volumeId": null, "boot": 0, "votes": false, "leads": false}]}
                """;
        assertThat(Tables.members(Json.parseObject(members))).isEqualToNormalizingNewlines("""
                NAME      ZONE  SEEN   AUTHORITY  PART    VOLUME    STARTS  SCORE
                demo-a-0  a     alive  active     leads   01234567  3       100
                demo-b-0  b     dead   -          learns  -         0       60
                """);
    }
}
