package dev.kvorum.core.replication;

import dev.kvorum.core.replication.LocalObjects.AfterStore;
import dev.kvorum.core.replication.LocalObjects.Look;
import dev.kvorum.core.replication.LocalObjects.Merge;
import dev.kvorum.core.replication.LocalObjects.Modification;
import dev.kvorum.core.replication.ReplicationInput.DiskFreed;
import dev.kvorum.core.replication.ReplicationInput.DiskFull;
import dev.kvorum.core.replication.ReplicationInput.LinkClosed;
import dev.kvorum.core.replication.ReplicationInput.LinkOpened;
import dev.kvorum.core.replication.ReplicationInput.LoadFailed;
import dev.kvorum.core.replication.ReplicationInput.Loaded;
import dev.kvorum.core.replication.ReplicationInput.MembersChanged;
import dev.kvorum.core.replication.ReplicationInput.Received;
import dev.kvorum.core.replication.ReplicationInput.RingChanged;
import dev.kvorum.core.replication.ReplicationInput.ScanFailed;
import dev.kvorum.core.replication.ReplicationInput.Scanned;
import dev.kvorum.core.replication.ReplicationInput.StandingChanged;
import dev.kvorum.core.replication.ReplicationInput.StoreFailed;
import dev.kvorum.core.replication.ReplicationInput.Stored;
import dev.kvorum.core.replication.ReplicationInput.Submit;
import dev.kvorum.core.replication.ReplicationInput.Tick;
import dev.kvorum.core.replication.ReplicationInput.WasAway;
import dev.kvorum.core.replication.ReplicationMessage.Forward;
import dev.kvorum.core.replication.ReplicationMessage.Forwarded;
import dev.kvorum.core.replication.ReplicationMessage.PageAnswer;
import dev.kvorum.core.replication.ReplicationMessage.PageRequest;
import dev.kvorum.core.replication.ReplicationMessage.Probe;
import dev.kvorum.core.replication.ReplicationMessage.ProbeAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadAnswer;
import dev.kvorum.core.replication.ReplicationMessage.ReadReplica;
import dev.kvorum.core.replication.ReplicationMessage.Refused;
import dev.kvorum.core.replication.ReplicationMessage.Refused.Reason;
import dev.kvorum.core.replication.ReplicationMessage.WriteAck;
import dev.kvorum.core.replication.ReplicationMessage.WriteReplica;
import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.step.Machine;
import dev.kvorum.core.version.KvObject;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The replication machine of one event loop: coordinator and replica of the loop's shards.
 *
 * <p>Writes go to the shard's home, reads to any complete replica; whoever is asked forwards once. What is promised for
 * R, W and N, and what a failure means, stands in {@code docs/internals/replication.md}.
 */
public final class Replication implements Machine<ReplicationInput, ReplicationEffect> {

    private final Surroundings here;
    private final LocalObjects objects;
    private final LongMap<ClientOperation> operations = new LongMap<>();
    private final Admission admission;
    private final Links links;
    private final Gathers gathers;
    private final Writes writes;
    private final Reads reads;
    private final Forwards forwards;
    private final Replica replica;
    private final Pulls pulls;
    private final Settling settling;

    /** @param random the source of actors; two processes must never share a seed */
    public Replication(NodeId self, ReplicationConfig config, LoopShare share, RandomGenerator random) {
        here = new Surroundings(self, config, random);
        objects = new LocalObjects(here, new ObjectRouting());
        admission = new Admission(here, operations);
        links = new Links(here);
        gathers = new Gathers(here, objects, new GatherRouting());
        writes = new Writes(here, objects, gathers, operations);
        reads = new Reads(here, objects, gathers, operations);
        forwards = new Forwards(here, gathers, operations);
        replica = new Replica(here, objects);
        pulls = new Pulls(here, objects, share);
        settling = new Settling(here, operations, objects, replica);
    }

    /** Client operations on their way. */
    public int operationsInFlight() {
        return operations.size() + admission.waiting();
    }

    /** Objects submitted to the store and not durable yet. */
    public int pendingStores() {
        return objects.pendingStores();
    }

    /** How the shards look from here; once there is a ring. */
    public ShardOutlook outlook() {
        return here;
    }

    @Override
    public void step(long nowMs, ReplicationInput input, Consumer<? super ReplicationEffect> out) {
        here.beginStep(nowMs, out);
        try {
            links.tellPace();
            take(input);
            reconsiderView();
            objects.runReady();
        } finally {
            here.endStep();
        }
    }

    private void take(ReplicationInput input) {
        switch (input) {
            case Submit(long requestId, ClientRequest request) -> onRequest(new Origin.Door(requestId), request);
            case Received(NodeId from, ReplicationMessage message) -> onMessage(from, message);
            case Stored(long storeId) -> objects.onStored(storeId);
            case Loaded(long loadId, KvObject object) -> objects.onLoaded(loadId, object);
            case Tick(long wallMs) -> onTick(wallMs);
            case StoreFailed(long storeId) -> objects.onStoreFailed(storeId);
            case LoadFailed(long loadId) -> objects.onLoadFailed(loadId);
            case Scanned page -> replica.onScanned(page);
            case ScanFailed(long scanId) -> replica.onScanFailed(scanId);
            case RingChanged change -> onRingChanged(change);
            case MembersChanged(SortedSet<NodeId> alive) -> links.onAlive(alive);
            case LinkOpened(NodeId node) -> links.onOpened(node);
            case LinkClosed(NodeId node) -> links.onClosed(node);
            case StandingChanged(Standing standing) -> onStandingChanged(standing);
            case WasAway() -> here.fall();
            case DiskFull() -> here.becomeDiskFull(true);
            case DiskFreed() -> here.becomeDiskFull(false);
        }
    }

    // ---- requests

    private void onRequest(Origin origin, ClientRequest request) {
        if (!admission.admits(origin, request)) {
            return;
        }
        int shard = here.shardOf(request.key());
        long deadlineMs = here.nowMs() + request.timeoutMs();
        switch (request.operation()) {
            case Operation.Read ignored -> onRead(origin, request, shard, deadlineMs);
            case Operation.Write write -> onWrite(origin, request, write, shard, deadlineMs);
        }
    }

    private void onRead(Origin origin, ClientRequest request, int shard, long deadlineMs) {
        NodeId elsewhere = here.votes() && here.isComplete(shard) ? null : gathers.bestReplica(shard, List.of());
        if (elsewhere != null && origin instanceof Origin.Door) {
            forwards.start(origin, request, shard, deadlineMs, elsewhere);
            return;
        }
        var read = new ReadOperation(here.nextId(), origin, request, shard, deadlineMs);
        begin(read);
        reads.start(read);
    }

    private void onWrite(Origin origin, ClientRequest request, Operation.Write operation, int shard, long deadlineMs) {
        NodeId home = here.home(shard);
        if (home == null) {
            origin.answer(
                    here,
                    Failed.notApplied(ErrorCode.QUORUM_UNAVAILABLE, "no replica of shard " + shard + " is reachable"));
        } else if (origin instanceof Origin.Door && !home.equals(here.self)) {
            forwards.start(origin, request, shard, deadlineMs, home);
        } else if (!here.mayCoordinate(shard)) {
            origin.answer(here, Failed.notApplied(ErrorCode.QUORUM_UNAVAILABLE, here.incomplete(shard)));
        } else {
            var write = new WriteOperation(here.nextId(), origin, request, operation, shard, deadlineMs);
            begin(write);
            writes.start(write);
        }
    }

    private void begin(ClientOperation operation) {
        operations.put(operation.id, operation);
        here.timers.at(operation.deadlineMs, operation.id, Timers.Cause.DEADLINE);
    }

    // ---- messages

    private void onMessage(NodeId from, ReplicationMessage message) {
        links.onHeard(from);
        takeMessage(from, message);
    }

    private void takeMessage(NodeId from, ReplicationMessage message) {
        if (!here.hasRing()) {
            refuseUnready(from, message);
            return;
        }
        switch (message) {
            case WriteReplica write -> replica.onWrite(from, write);
            case WriteAck ack -> onAck(from, ack);
            case ReadReplica read -> replica.onRead(from, read);
            case ReadAnswer answer -> gathers.onAnswer(from, answer);
            case Forward forward -> onForward(from, forward);
            case Forwarded forwarded -> forwards.onForwarded(from, forwarded);
            case Refused refused -> onRefused(from, refused);
            case Probe probe -> links.onProbe(from, probe);
            case ProbeAnswer answer -> links.onProbeAnswer(from, answer);
            case PageRequest request -> replica.onPageRequest(from, request);
            case PageAnswer page -> pulls.onPage(from, page);
        }
    }

    /** Before the first ring nothing can be placed; whoever asks must not wait for its deadline. */
    private void refuseUnready(NodeId from, ReplicationMessage message) {
        switch (message) {
            case WriteReplica ignored -> replica.refuse(from, message.id(), Reason.NOT_COMPLETE);
            case ReadReplica ignored -> replica.refuse(from, message.id(), Reason.NOT_COMPLETE);
            case Forward forward -> onForward(from, forward);
            case PageRequest ignored -> replica.refuse(from, message.id(), Reason.NOT_COMPLETE);
            case Probe probe -> links.onProbe(from, probe);
            case ProbeAnswer answer -> links.onProbeAnswer(from, answer);
            case WriteAck ignored -> {}
            case ReadAnswer ignored -> {}
            case Forwarded ignored -> {}
            case Refused ignored -> {}
            case PageAnswer ignored -> {}
        }
    }

    private void onForward(NodeId from, Forward forward) {
        ClientRequest request = forward.request();
        if (!forwards.isFirst(from, forward)) {
            replica.refuse(from, forward.id(), Reason.REPEATED);
        } else if (!here.hasRing() || !here.coordinates()) {
            replica.refuse(from, forward.id(), Reason.NOT_COMPLETE);
        } else if (!here.mayCoordinate(here.shardOf(request.key()))) {
            replica.refuse(from, forward.id(), Reason.NOT_COMPLETE);
        } else if (request.timeoutMs() <= 0) {
            replica.refuse(from, forward.id(), Reason.EXPIRED);
        } else {
            onRequest(new Origin.Peer(from, forward.id()), request);
        }
    }

    private void onAck(NodeId from, WriteAck ack) {
        switch (operations.get(ack.id())) {
            case WriteOperation write -> writes.onAck(from, write, ack);
            case ReadOperation read -> reads.onRepaired(read, from);
            case ForwardOperation ignored -> {}
            case null -> {}
        }
    }

    private void onRefused(NodeId from, Refused refused) {
        if (refused.newer() != null) {
            here.emit(new ReplicationEffect.RingBehind(
                    from, refused.newer().shard(), refused.newer().epoch()));
            return;
        }
        switch (operations.get(refused.id())) {
            case ReadOperation read -> reads.onRepairRefused(read, from);
            case ForwardOperation forward -> forwards.onRefused(forward, from, refused.reason());
            case WriteOperation ignored -> {}
            case null -> {
                gathers.onFailed(refused.id(), from);
                pulls.onFailed(refused.id());
            }
        }
    }

    // ---- changes around

    private void onTick(long wallMs) {
        here.wallClock(wallMs);
        links.onTick();
        admission.retry(this::onRequest);
        replica.onTick();
        settling.look();
        for (var timer = here.timers.due(here.nowMs()); timer != null; timer = here.timers.due(here.nowMs())) {
            switch (timer.cause()) {
                case DEADLINE -> onDeadline(timer.operationId());
                case HEDGE -> gathers.onHedge(timer.operationId());
                case HOLD -> {
                    if (operations.get(timer.operationId()) instanceof ForwardOperation forward) {
                        forwards.onHeldLongEnough(forward);
                    }
                }
                case RETRY -> {
                    if (operations.get(timer.operationId()) instanceof ReadOperation read) {
                        reads.onRepairLate(read);
                    } else {
                        pulls.onRetry(timer.operationId());
                    }
                }
            }
        }
    }

    private void onDeadline(long operationId) {
        switch (operations.get(operationId)) {
            case WriteOperation write -> writes.onDeadline(write);
            case ReadOperation read -> reads.onDeadline(read);
            case ForwardOperation forward -> forwards.onDeadline(forward);
            case null -> {}
        }
    }

    private void onRingChanged(RingChanged change) {
        Table former = here.hasRing() ? here.table() : null;
        int above = here.config.has(ReplicationFlaw.EQUAL_EPOCH_IGNORED) ? 1 : 0;
        if (former != null && change.ring().epoch() < former.ring().epoch() + above) {
            return;
        }
        Table table = new Table(here.self, change.ring(), change.buckets(), change.shortfalls());
        List<Integer> changed = former == null ? List.of() : table.changedSince(former);
        here.becomeTable(table);
        links.onRingChanged();
        changed.forEach(this::onEntryChanged);
        if (former != null && table.hasWeakerWrites(former)) {
            pulls.onWeakerWrites();
        }
        settling.begin(changed);
        replica.onRingChanged(this::takeMessage);
        pulls.reconsider();
    }

    private void onEntryChanged(int shard) {
        for (ClientOperation operation : operations.inOrder()) {
            if (operation.shard == shard) {
                switch (operation) {
                    case WriteOperation write -> writes.onEntryChanged(write);
                    case ReadOperation read -> reads.onEntryChanged(read);
                    case ForwardOperation ignored -> {}
                }
            }
        }
        gathers.onEntryChanged(shard);
        pulls.onEntryChanged(shard);
    }

    private void reconsiderView() {
        if (!links.hasChanged()) {
            return;
        }
        LiveView former = here.view();
        LiveView view = links.view();
        if (view.equals(former)) {
            return;
        }
        here.becomeView(view);
        gathers.onViewChanged();
        for (ClientOperation operation : operations.inOrder()) {
            switch (operation) {
                case WriteOperation write -> writes.onViewChanged(write, former);
                case ReadOperation read -> reads.onViewChanged(read);
                case ForwardOperation forward -> forwards.onViewChanged(forward);
            }
        }
        admission.retry(this::onRequest);
        pulls.reconsider();
    }

    private void onStandingChanged(Standing standing) {
        here.becomeStanding(standing);
        links.probeAll();
        pulls.reconsider();
    }

    // ---- where finished look-ups, stores and gathers go

    private final class ObjectRouting implements LocalObjects.Listener {

        @Override
        public void onTurn(Modification modification, KvObject object) {
            switch (modification) {
                case WriteOperation write -> writes.onTurn(write, object);
                case Merge merge -> replica.onTurn(merge, object);
            }
        }

        @Override
        public void onTurnFailed(Modification modification) {
            switch (modification) {
                case WriteOperation write -> writes.onTurnFailed(write);
                case Merge merge -> {
                    replica.onTurnFailed(merge);
                    onNotDurable(merge.after());
                }
            }
        }

        @Override
        public void onSeen(Look look, KvObject object) {
            switch (look) {
                case Look.ForGather(long gatherId, var key) -> gathers.onSelf(gatherId, object);
                case Look.ForPeer peer -> replica.onSeen(peer, object);
                case Look.ForCondition(long operationId, var key) -> {
                    if (operations.get(operationId) instanceof WriteOperation write) {
                        writes.onConditionSeen(write, object);
                    }
                }
            }
        }

        @Override
        public void onLookFailed(Look look) {
            switch (look) {
                case Look.ForGather(long gatherId, var key) -> gathers.onFailed(gatherId, here.self);
                case Look.ForPeer peer -> replica.onLookFailed(peer);
                case Look.ForCondition(long operationId, var key) -> {
                    if (operations.get(operationId) instanceof WriteOperation write) {
                        writes.onConditionUnseen(write);
                    }
                }
            }
        }

        @Override
        public void onDurable(AfterStore after) {
            switch (after) {
                case AfterStore.AckTo ack -> replica.onDurable(ack);
                case AfterStore.CountSelf(long operationId) -> {
                    if (operations.get(operationId) instanceof WriteOperation write) {
                        writes.onSelfStored(write);
                    }
                }
                case AfterStore.CountRepair(long operationId) -> {
                    if (operations.get(operationId) instanceof ReadOperation read) {
                        reads.onRepaired(read, here.self);
                    }
                }
                case AfterStore.CountPage(long pullId) -> pulls.onObjectMerged(pullId);
            }
        }

        @Override
        public void onNotDurable(AfterStore after) {
            switch (after) {
                case AfterStore.AckTo ack -> replica.onNotDurable(ack);
                case AfterStore.CountRepair(long operationId) -> {
                    if (operations.get(operationId) instanceof ReadOperation read) {
                        reads.onRepairRefused(read, here.self);
                    }
                }
                case AfterStore.CountPage(long pullId) -> pulls.onFailed(pullId);
                case AfterStore.CountSelf ignored -> {}
            }
        }
    }

    private final class GatherRouting implements Gathers.Listener {

        @Override
        public void onGathered(Gather gather) {
            switch (gather.owner) {
                case ReadOperation read -> reads.onGathered(read, gather);
                case WriteOperation write -> writes.onGathered(write, gather);
                case ForwardOperation ignored -> throw new IllegalStateException("a forward gathers nothing");
            }
        }

        @Override
        public void onGatherFailed(Gather gather) {
            switch (gather.owner) {
                case ReadOperation read -> reads.onGatherFailed(read, gather);
                case WriteOperation write -> writes.onGatherFailed(write);
                case ForwardOperation ignored -> throw new IllegalStateException("a forward gathers nothing");
            }
        }
    }
}
