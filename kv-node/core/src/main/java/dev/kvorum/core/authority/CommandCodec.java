package dev.kvorum.core.authority;

import dev.kvorum.core.authority.Command.AcceptLoss;
import dev.kvorum.core.authority.Command.AlterBucket;
import dev.kvorum.core.authority.Command.BarrierPassed;
import dev.kvorum.core.authority.Command.ChooseVoters;
import dev.kvorum.core.authority.Command.DeclareBucket;
import dev.kvorum.core.authority.Command.DeclareLost;
import dev.kvorum.core.authority.Command.Found;
import dev.kvorum.core.authority.Command.NewVolume;
import dev.kvorum.core.authority.Command.OpenSession;
import dev.kvorum.core.authority.Command.RaiseFeatureLevel;
import dev.kvorum.core.authority.Command.Recover;
import dev.kvorum.core.authority.Command.Register;
import dev.kvorum.core.authority.Command.Retire;
import dev.kvorum.core.authority.Command.SetSetting;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.BucketSettings;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.List;

/** The binary form of commands: a kind byte, then the fields in order. Kinds are only ever added. */
final class CommandCodec {

    private static final int FOUND = 1;
    private static final int REGISTER = 2;
    private static final int NEW_VOLUME = 3;
    private static final int BARRIER_PASSED = 4;
    private static final int DECLARE_LOST = 5;
    private static final int ACCEPT_LOSS = 6;
    private static final int RETIRE = 7;
    private static final int OPEN_SESSION = 8;
    private static final int DECLARE_BUCKET = 9;
    private static final int ALTER_BUCKET = 10;
    private static final int SET_SETTING = 11;
    private static final int RAISE_FEATURE_LEVEL = 12;
    private static final int CHOOSE_VOTERS = 13;
    private static final int RECOVER = 14;

    private static final int NO_PROOF = 0;
    private static final int COUNTER = 1;
    private static final int PLACE = 2;

    private CommandCodec() {}

    static void write(Command command, WireWriter out) {
        switch (command) {
            case Found(Bootstrap document) -> document.write(out.putByte(FOUND));
            case Register(Start start) -> start.write(out.putByte(REGISTER));
            case NewVolume anew -> write(anew, out);
            case BarrierPassed passed -> write(passed, out);
            case DeclareLost(NodeId node, VolumeId volume, Cause cause) ->
                write(node, volume, out.putByte(DECLARE_LOST)).putEnum(cause);
            case AcceptLoss(int shard, long epoch) ->
                out.putByte(ACCEPT_LOSS).putVar(shard).putVar(epoch);
            case Retire(NodeId node, VolumeId volume) -> write(node, volume, out.putByte(RETIRE));
            case OpenSession(String operator) -> out.putByte(OPEN_SESSION).putText(operator);
            case DeclareBucket(BucketSettings settings) -> settings.write(out.putByte(DECLARE_BUCKET));
            case AlterBucket(BucketSettings settings) -> settings.write(out.putByte(ALTER_BUCKET));
            case SetSetting(ClusterSetting setting, long value) ->
                out.putByte(SET_SETTING).putEnum(setting).putVar(value);
            case RaiseFeatureLevel(int level) ->
                out.putByte(RAISE_FEATURE_LEVEL).putVar(level);
            case ChooseVoters(List<NodeId> from, List<NodeId> voters) ->
                write(voters, write(from, out.putByte(CHOOSE_VOTERS)));
            case Recover(long generation, List<NodeId> voters) ->
                write(voters, out.putByte(RECOVER).putVar(generation));
        }
    }

    private static void write(NewVolume anew, WireWriter out) {
        anew.start().write(out.putByte(NEW_VOLUME));
        write(anew.proof(), out);
    }

    static Command read(WireReader in) {
        int kind = in.getByte();
        return switch (kind) {
            case FOUND -> new Found(Bootstrap.read(in));
            case REGISTER -> new Register(Start.read(in));
            case NEW_VOLUME -> new NewVolume(Start.read(in), readProof(in));
            case BARRIER_PASSED ->
                new BarrierPassed(NodeId.read(in), VolumeId.read(in), Texts.list(in, 2, ShardEpoch::read));
            case DECLARE_LOST -> new DeclareLost(NodeId.read(in), VolumeId.read(in), in.getEnum(Cause.values()));
            case ACCEPT_LOSS -> new AcceptLoss(Texts.smallNumber(in), in.getVar());
            case RETIRE -> new Retire(NodeId.read(in), VolumeId.read(in));
            case OPEN_SESSION -> new OpenSession(Texts.read(in, Texts.MOST_NAME_BYTES));
            case DECLARE_BUCKET -> new DeclareBucket(BucketSettings.read(in));
            case ALTER_BUCKET -> new AlterBucket(BucketSettings.read(in));
            case SET_SETTING -> new SetSetting(in.getEnum(ClusterSetting.values()), in.getVar());
            case RAISE_FEATURE_LEVEL -> new RaiseFeatureLevel(Texts.smallNumber(in));
            case CHOOSE_VOTERS -> new ChooseVoters(readNodes(in), readNodes(in));
            case RECOVER -> new Recover(in.getVar(), readNodes(in));
            default -> throw new MalformedException("unknown command kind " + kind);
        };
    }

    private static void write(BarrierPassed passed, WireWriter out) {
        write(passed.node(), passed.volume(), out.putByte(BARRIER_PASSED));
        out.putVar(passed.shards().size());
        passed.shards().forEach(shard -> shard.write(out));
    }

    private static WireWriter write(NodeId node, VolumeId volume, WireWriter out) {
        node.write(out);
        volume.write(out);
        return out;
    }

    private static void write(Proof proof, WireWriter out) {
        switch (proof) {
            case Proof.None() -> out.putByte(NO_PROOF);
            case Proof.Counter(VolumeId former, long boot) -> {
                former.write(out.putByte(COUNTER));
                out.putVar(boot);
            }
            case Proof.Place(VolumeStart against) -> against.write(out.putByte(PLACE));
        }
    }

    private static Proof readProof(WireReader in) {
        int kind = in.getByte();
        return switch (kind) {
            case NO_PROOF -> new Proof.None();
            case COUNTER -> new Proof.Counter(VolumeId.read(in), in.getVar());
            case PLACE -> new Proof.Place(VolumeStart.read(in));
            default -> throw new MalformedException("unknown proof " + kind);
        };
    }

    private static WireWriter write(List<NodeId> nodes, WireWriter out) {
        out.putVar(nodes.size());
        nodes.forEach(node -> node.write(out));
        return out;
    }

    private static List<NodeId> readNodes(WireReader in) {
        return Texts.list(in, NodeId.BYTES, NodeId::read);
    }
}
