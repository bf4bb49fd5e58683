package dev.kvorum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.core.authority.AuthorityState;
import dev.kvorum.core.authority.Cause;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.consensus.Role;
import dev.kvorum.server.door.AuthorityView;
import dev.kvorum.server.door.FakeAuthority;
import dev.kvorum.server.door.FakeNode;
import dev.kvorum.server.door.Reading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AuthorityReadingsTest {

    private final FakeAuthority authority = new FakeAuthority();

    @Test
    void whoFollowsSeesHowFarItIsBehind() {
        assertThat(figures(authority.authority()))
                .containsEntry("authority_leading", 0L)
                .containsEntry("authority_leader_known", 1L)
                .containsEntry("authority_term", 4L)
                .containsEntry("authority_applied_index", 4L)
                .containsEntry("authority_committed_index", 6L)
                .containsEntry("authority_lag_entries", 2L)
                .containsEntry("authority_voters", 1L)
                .containsEntry("authority_nodes active", 3L)
                .containsEntry("authority_shards barrier", 0L);
    }

    @Test
    void aNodeThatHasBegunWithNothingShowsNothing() {
        var view = new AuthorityView(AuthorityState.EMPTY, null, Role.LEADER, 1, 0, 0, List.of());
        assertThat(figures(view))
                .containsEntry("authority_leading", 1L)
                .containsEntry("authority_leader_known", 0L)
                .containsEntry("authority_nodes expected", 0L)
                .containsEntry("authority_shards writes", 0L);
    }

    @Test
    void lostVolumesAreSeenInTheirShards() {
        for (int node : new int[] {1, 2}) {
            authority.decideNow(
                    0, new Command.DeclareLost(FakeNode.id(node), FakeAuthority.volume(node), Cause.VOLUME_GONE));
        }
        assertThat(figures(authority.authority()))
                .containsEntry("authority_nodes lost", 2L)
                .containsEntry("authority_nodes active", 1L)
                .containsEntry("authority_shards barrier", 16L)
                .containsEntry("authority_shards replica", 16L)
                .containsEntry("authority_shards writes", 16L);
    }

    private static Map<String, Long> figures(AuthorityView view) {
        Map<String, Long> figures = new TreeMap<>();
        for (Reading reading : AuthorityReadings.of(view)) {
            String label = reading.labelValue();
            figures.put(label == null ? reading.name() : reading.name() + " " + label, reading.value());
        }
        return figures;
    }
}
