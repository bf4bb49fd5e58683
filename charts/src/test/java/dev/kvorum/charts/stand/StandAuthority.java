package dev.kvorum.charts.stand;

import dev.kvorum.operator.node.BootstrapDocument.Bucket;
import dev.kvorum.operator.node.NodeAdminException;
import java.util.ArrayList;
import java.util.List;

/** What the nodes of one cluster have agreed: the last session, and the buckets. Any thread. */
final class StandAuthority {

    private final List<Bucket> buckets;
    private long session;

    StandAuthority(List<Bucket> founding) {
        this.buckets = new ArrayList<>(founding);
    }

    synchronized long openSession() {
        session++;
        return session;
    }

    synchronized void declare(long number, Bucket bucket) {
        if (number != session) {
            throw new NodeAdminException("session " + number + " is over", 409, "session_superseded");
        }
        buckets.add(bucket);
    }

    synchronized List<Bucket> buckets() {
        return List.copyOf(buckets);
    }
}
