package dev.kvorum.server.node;

import dev.kvorum.core.membership.Member;
import dev.kvorum.core.membership.MemberView;
import dev.kvorum.server.door.MemberRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The members as the doors show them. */
final class MemberRows {

    private MemberRows() {}

    /**
     * The rows of a view.
     *
     * @param begunMs since when this process sees members at all: none is known to be in its state for longer
     */
    static List<MemberRow> of(MemberView view, long begunMs, long nowMs) {
        List<MemberRow> rows = new ArrayList<>();
        for (Member member : view.members().values()) {
            rows.add(new MemberRow(
                    member.id(),
                    member.profile().name(),
                    member.profile().zone(),
                    member.state().name().toLowerCase(Locale.ROOT),
                    member.incarnation(),
                    member.profile().host(),
                    member.heartbeat(),
                    nowMs - Math.max(member.sinceMs(), begunMs),
                    member.score()));
        }
        return rows;
    }
}
