package dev.kvorum.server.node;

import dev.kvorum.core.authority.Arrival;
import dev.kvorum.core.authority.Authority;
import dev.kvorum.core.authority.AuthorityConfig;
import dev.kvorum.core.authority.Proof;
import dev.kvorum.core.authority.Seat;
import dev.kvorum.core.authority.Start;
import dev.kvorum.core.authority.StateForm;
import dev.kvorum.core.authority.StoreBatch;
import dev.kvorum.core.authority.VolumeId;
import dev.kvorum.core.authority.VolumeStart;
import dev.kvorum.core.consensus.Configuration;
import dev.kvorum.core.consensus.Consensus;
import dev.kvorum.core.consensus.ConsensusConfig;
import dev.kvorum.core.consensus.HardState;
import dev.kvorum.core.consensus.Mark;
import dev.kvorum.core.consensus.Position;
import dev.kvorum.core.consensus.ReplicaId;
import dev.kvorum.core.node.AuthorityGroup;
import dev.kvorum.core.node.AuthorityGroupWrite;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.ring.Ports;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.storage.GroupRecords;
import dev.kvorum.storage.NodeStorage;
import dev.kvorum.storage.Read;
import dev.kvorum.storage.VolumeStarted;
import dev.kvorum.storage.commit.CommitListener;
import dev.kvorum.storage.commit.Submitted;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Puts together this node's part of the authority from its set-up, its volume, and the document that it accepted.
 *
 * @param generation of the group: that of the document, or a later one that this node has met
 */
record AuthorityStart(ServerConfig config, NodeStorage store, FoundingDocument.Kept kept, long generation) {

    /** The highest level of features that this build knows. */
    static final int FEATURE_LEVEL = 1;

    private static final int WEIGHT = 1;

    private static final String GENERATION = "generation";

    /**
     * Under the generation that this volume has met last. Blocks.
     *
     * @throws IOException when the store cannot be read
     */
    static AuthorityStart of(ServerConfig config, NodeStorage store, FoundingDocument.Kept kept) throws IOException {
        long generation = switch (store.getMeta(GENERATION)) {
            case Read.Found(byte[] bytes) -> new WireReader(bytes).getVar();
            case Read.Absent() -> kept.document().generation();
            case Read.Damaged(var damage) -> throw new IOException("the generation of the cluster: " + damage);
            case Read.NeedsIo() -> throw new IOException("the generation of the cluster was not read");
            case Read.Closed() -> throw new IOException("the store is closed");
        };
        return new AuthorityStart(config, store, kept, generation);
    }

    /** From the next start on, this volume takes part in the group of this generation. Blocks until it is synced. */
    static void keepGeneration(NodeStorage store, long generation) throws IOException {
        store.putMeta(GENERATION, new WireWriter().putVar(generation).toBytes());
    }

    NodeId id() {
        return store.identity().nodeId();
    }

    String clusterId() {
        return kept.document().clusterId();
    }

    /** The present start of the volume, with what it has synced by now. */
    VolumeStart volume() {
        VolumeStarted started = store.start();
        return new VolumeStart(volumeId(), started.boot(), started.nonce(), store.syncedCommit());
    }

    VolumeId volumeId() {
        return VolumeId.parse(store.identity().volumeId());
    }

    /** Whether the volume holds what its node should: nothing was lost with one before it. */
    boolean keepsContent() {
        return arrival() instanceof Arrival.Kept;
    }

    /**
     * What this process says of itself. That it is the node whose former volume was lost it can prove by its place
     * alone: a count of starts is as good in a copy of that volume, which anybody may hold.
     */
    Arrival arrival() {
        VolumeStarted started = store.start();
        Start start = new Start(
                clusterId(),
                generation,
                place(),
                new VolumeStart(volumeId(), started.boot(), started.nonce(), started.syncedCommit()),
                FEATURE_LEVEL);
        return switch (store.arrival()) {
            case dev.kvorum.storage.Arrival.Anew(var former) -> new Arrival.Anew(start, new Proof.None());
            case dev.kvorum.storage.Arrival.Kept() ->
                isNamedUnderAnotherId() ? new Arrival.Anew(start, new Proof.None()) : new Arrival.Kept(start);
        };
    }

    /** The document knows the name, but the id went with an earlier volume. */
    private boolean isNamedUnderAnotherId() {
        String name = store.identity().name();
        Bootstrap document = kept.document();
        return document.nodes().stream().noneMatch(node -> node.id().equals(id()))
                && document.nodes().stream().anyMatch(node -> node.name().equals(name));
    }

    /** This node's copy of the log. */
    ReplicaId replica() {
        return AuthorityGroup.replica(new Seat(id(), kept.founder() ? Seat.FOUNDING : volumeId()));
    }

    /** Where others reach this node. */
    RingNode place() {
        var ports = config.ports();
        return new RingNode(
                id(),
                config.node().name(),
                config.node().zone(),
                WEIGHT,
                config.node().advertiseHost(),
                new Ports(
                        ports.httpPort(),
                        ports.respPort(),
                        ports.peerPort(),
                        ports.membershipPort(),
                        ports.adminPort()));
    }

    /**
     * Reads what an earlier process stored and makes the machine. Blocks.
     *
     * @throws IOException when the store cannot be read
     */
    AuthorityShell.Parts read() throws IOException {
        GroupRecords records = store.group((int) generation);
        boolean founds = kept.founder() && generation == kept.document().generation();
        Configuration begins = founds ? AuthorityGroup.founding(kept.document().voters()) : Configuration.NONE;
        GroupWrites.Found found = GroupWrites.read(records.read(), begins);
        SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
        AuthorityGroup group = new AuthorityGroup(
                new Consensus((int) generation, replica(), ConsensusConfig.standard(), random.split()),
                new Authority(arrival(), kept.document(), found.state(), AuthorityConfig.standard(), random));
        return new AuthorityShell.Parts(group, records, found);
    }

    /**
     * Writes down a new group of which this node is the only member, with a state to begin at. It counts from the next
     * start on.
     *
     * @param durable what this node has applied
     */
    CompletableFuture<Void> beginGeneration(long next, StateForm.Snapshot durable) {
        Mark mark = new Mark(new Position(durable.index(), durable.term()), Configuration.ofVoters(List.of(replica())));
        StoreBatch whole = StoreBatch.decode(StateForm.encode(durable));
        var write = new AuthorityGroupWrite.SnapshotWrite(new HardState(durable.term(), null), mark, whole);
        CompletableFuture<Void> synced = new CompletableFuture<>();
        Submitted submitted =
                GroupWrites.submit(store.group((int) next), new GroupRecords.Order(0, new Awaited(synced)), write);
        if (submitted != Submitted.ACCEPTED) {
            synced.completeExceptionally(new IOException("the store took no new group: " + submitted));
        }
        return synced;
    }

    private record Awaited(CompletableFuture<Void> synced) implements CommitListener {
        @Override
        public void committed(long[] opIds, int count) {
            synced.complete(null);
        }

        @Override
        public void failed(long[] opIds, int count, Throwable cause) {
            synced.completeExceptionally(cause);
        }
    }
}
