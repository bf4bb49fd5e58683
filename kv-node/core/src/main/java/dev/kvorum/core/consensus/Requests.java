package dev.kvorum.core.consensus;

import dev.kvorum.core.consensus.ConsensusEffect.Accepted;
import dev.kvorum.core.consensus.ConsensusEffect.Refused;
import dev.kvorum.core.consensus.ConsensusInput.Change;
import dev.kvorum.core.consensus.ConsensusInput.HandOver;
import dev.kvorum.core.consensus.ConsensusInput.Propose;
import dev.kvorum.core.consensus.ConsensusInput.Read;
import dev.kvorum.core.consensus.ConsensusInput.Request;
import dev.kvorum.core.consensus.ConsensusMessage.StandNow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a leader takes and what it refuses; and the lead on its way to another voter (dissertation 3.10). */
final class Requests {

    private static final Refusal.Busy HANDING_OVER = new Refusal.Busy("the lead is handed over");

    private final Own own;
    private final Leadership leadership;

    /** Who should lead next; nothing is proposed meanwhile, so that it can have the whole log. */
    private @Nullable ReplicaId successor;

    private long handoverEndsMs;
    private boolean isAsked;

    Requests(Own own, Leadership leadership) {
        this.own = own;
        this.leadership = leadership;
    }

    void on(long nowMs, Request request, Consumer<? super ConsensusEffect> out) {
        Refusal refusal = objection(nowMs, request);
        if (refusal != null) {
            out.accept(new Refused(request.requestId(), refusal));
            return;
        }
        switch (request) {
            case Propose propose -> append(nowMs, propose.requestId(), Entry.Kind.COMMAND, propose.payload(), out);
            case Change(long requestId, ConfigurationChange change) -> {
                byte[] payload = own.configuration().with(change).toPayload();
                append(nowMs, requestId, Entry.Kind.CONFIGURATION, payload, out);
            }
            case Read(long requestId) -> leadership.reads.add(requestId);
            case HandOver(long _, ReplicaId to) -> {
                successor = to;
                isAsked = false;
                handoverEndsMs = nowMs + own.config.timing().electionMs();
            }
        }
    }

    private void append(
            long nowMs, long requestId, Entry.Kind kind, byte[] payload, Consumer<? super ConsensusEffect> out) {
        out.accept(new Accepted(requestId, leadership.append(nowMs, kind, payload, out)));
    }

    private @Nullable Refusal objection(long nowMs, Request request) {
        return switch (request) {
            case Propose propose -> objection(propose);
            case Change(long _, ConfigurationChange change) -> objection(nowMs, change);
            case Read _ -> leadership.reads.size() >= own.config.flow().reads() ? new Refusal.Busy("reads") : null;
            case HandOver(long _, ReplicaId to) ->
                !own.configuration().isVoter(to) || to.equals(own.id)
                        ? new Refusal.Senseless(to + " is no other voter")
                        : null;
        };
    }

    private @Nullable Refusal objection(Propose propose) {
        var limits = own.config.flow();
        if (propose.payload().length > limits.commandBytes()) {
            return new Refusal.TooLarge(propose.payload().length, limits.commandBytes());
        }
        if (successor != null) {
            return HANDING_OVER;
        }
        boolean isFull = own.log.lastIndex() - own.commit() >= limits.uncommittedEntries()
                || own.log.bytesAfter(own.commit()) >= limits.uncommittedBytes();
        return isFull ? new Refusal.Busy("uncommitted entries") : null;
    }

    private @Nullable Refusal objection(long nowMs, ConfigurationChange change) {
        if (successor != null) {
            return HANDING_OVER;
        }
        if (own.configurations.latestIndex() > own.commit() && !own.has(ConsensusFlaw.TWO_CHANGES_AT_ONCE)) {
            return new Refusal.ChangeNotYet("another change is not committed yet");
        }
        // without this a change of an earlier term, not committed, and this one may each find a majority of its own
        if (!own.hasCommittedInTerm() && !own.has(ConsensusFlaw.CHANGE_BEFORE_OWN_COMMIT)) {
            return new Refusal.ChangeNotYet("nothing of term " + own.term() + " is committed yet");
        }
        String objection = change.objection(own.configuration());
        if (objection != null) {
            return new Refusal.Senseless(objection);
        }
        if (change instanceof ConfigurationChange.Promote(ReplicaId id) && !leadership.hasCaughtUp(id)) {
            return new Refusal.ChangeNotYet(change.id() + " has not caught up");
        }
        // a majority of the present voters has answered by now; of those after the change as many must
        boolean wouldStall = own.hasCommittedInTerm()
                && !leadership.hasMajorityOf(own.configuration().with(change), nowMs);
        return wouldStall ? new Refusal.ChangeNotYet("too few of the voters after it answer") : null;
    }

    /** Asks the successor to stand once it has the whole log; goes on leading when it does not in time. */
    void goOnHandingOver(long nowMs, Consumer<? super ConsensusEffect> out) {
        ReplicaId to = successor;
        if (to == null) {
            return;
        }
        Progress target = leadership.progress(to);
        if (nowMs >= handoverEndsMs || target == null) {
            successor = null;
        } else if (!isAsked && target.match == own.log.lastIndex()) {
            isAsked = true;
            own.send(to, new StandNow(), out);
        }
    }
}
