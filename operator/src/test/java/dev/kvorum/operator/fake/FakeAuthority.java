package dev.kvorum.operator.fake;

import dev.kvorum.operator.node.BootstrapDocument.Bucket;
import dev.kvorum.operator.node.NodeAdminException;
import java.util.ArrayList;
import java.util.List;

/** What the nodes of a cluster have agreed: sessions and buckets, by the rules of their authority. */
public final class FakeAuthority {

    private final List<Bucket> buckets;
    private final List<String> operators = new ArrayList<>();
    private boolean isSilent;
    private boolean isLed = true;

    FakeAuthority(List<Bucket> founding) {
        this.buckets = new ArrayList<>(founding);
    }

    /** Another operator may do the same. */
    public long openSession(String operator) {
        answer();
        operators.add(operator);
        return operators.size();
    }

    void declare(long session, Bucket bucket) {
        answer();
        judge(session);
        for (Bucket known : buckets) {
            if (known.name().equals(bucket.name())) {
                if (!known.equals(bucket)) {
                    throw new NodeAdminException("bucket " + bucket.name() + " is another", 409, "bucket_exists");
                }
                return;
            }
        }
        buckets.add(bucket);
    }

    private void judge(long session) {
        if (session > operators.size()) {
            throw new NodeAdminException(
                    "operator session " + session + " was never opened, the present one is " + operators.size(),
                    409,
                    "session_unknown");
        }
        if (session < operators.size()) {
            throw new NodeAdminException(
                    "operator session " + session + " ended when " + operators.getLast() + " opened session "
                            + operators.size(),
                    409,
                    "session_superseded");
        }
    }

    private void answer() {
        if (isSilent) {
            throw new NodeAdminException("nobody who leads was reached", 503, "timeout");
        }
    }

    /** Without the sessions, as after a recovery from a state that had not seen them. */
    public void forgetSessions() {
        operators.clear();
    }

    /** As when a person asks. */
    public void put(Bucket bucket) {
        buckets.removeIf(known -> known.name().equals(bucket.name()));
        buckets.add(bucket);
    }

    /** As when the majority of the voters is away. */
    public void fallSilent() {
        isSilent = true;
    }

    public void speakAgain() {
        isSilent = false;
    }

    /** As between two leaders, or before the first. */
    public void loseLeader() {
        isLed = false;
    }

    public void findLeader() {
        isLed = true;
    }

    boolean isLed() {
        return isLed;
    }

    /** Who opened sessions, in order. */
    public List<String> operators() {
        return List.copyOf(operators);
    }

    public List<Bucket> buckets() {
        return List.copyOf(buckets);
    }
}
