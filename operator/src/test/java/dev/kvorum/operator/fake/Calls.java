package dev.kvorum.operator.fake;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.operator.act.Api;
import dev.kvorum.operator.node.BootstrapDocument;
import dev.kvorum.operator.node.MemberReport;
import dev.kvorum.operator.node.NodeAdmin;
import dev.kvorum.operator.node.NodeReport;
import dev.kvorum.operator.node.RingReport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Counts every call that changes something, and lets one of them go wrong. */
public final class Calls implements Api, NodeAdmin {

    private final Api api;
    private final NodeAdmin nodes;
    private final List<Kind> kinds = new ArrayList<>();
    private Optional<Trouble> trouble = Optional.empty();

    Calls(Api api, NodeAdmin nodes) {
        this.api = api;
        this.nodes = nodes;
    }

    public int count() {
        return kinds.size();
    }

    void plan(Trouble planned) {
        this.trouble = Optional.of(planned);
    }

    /** Which calls, in order, were of this kind. */
    public List<Integer> of(Kind kind) {
        return IntStream.range(0, kinds.size())
                .filter(call -> kinds.get(call) == kind)
                .boxed()
                .toList();
    }

    private void call(Kind kind, Runnable effect) {
        int number = kinds.size();
        kinds.add(kind);
        Optional<Trouble> now = trouble.filter(planned -> planned.call() == number);
        if (now.isEmpty()) {
            effect.run();
            return;
        }
        switch (now.get().moment()) {
            case BEFORE -> throw now.get().what().get();
            case AFTER -> {
                effect.run();
                throw now.get().what().get();
            }
        }
    }

    @Override
    public void create(HasMetadata object) {
        call(Kind.API, () -> api.create(object));
    }

    @Override
    public void applyGently(HasMetadata object) {
        call(Kind.API, () -> api.applyGently(object));
    }

    @Override
    public void applyFirmly(HasMetadata object) {
        call(Kind.API, () -> api.applyFirmly(object));
    }

    @Override
    public void overwrite(HasMetadata object) {
        call(Kind.API, () -> api.overwrite(object));
    }

    @Override
    public void remove(HasMetadata object) {
        call(Kind.API, () -> api.remove(object));
    }

    @Override
    public void applyStatus(KVCluster cluster) {
        call(Kind.API, () -> api.applyStatus(cluster));
    }

    @Override
    public void found(Door door, BootstrapDocument document) {
        call(Kind.NODE, () -> nodes.found(door, document));
    }

    @Override
    public long openSession(Door door, String operator) {
        var number = new AtomicLong();
        call(Kind.NODE, () -> number.set(nodes.openSession(door, operator)));
        return number.get();
    }

    @Override
    public void declareBucket(Door door, long session, BootstrapDocument.Bucket bucket) {
        call(Kind.NODE, () -> nodes.declareBucket(door, session, bucket));
    }

    @Override
    public NodeReport node(Door door) {
        return nodes.node(door);
    }

    @Override
    public List<MemberReport> members(Door door) {
        return nodes.members(door);
    }

    @Override
    public RingReport ring(Door door) {
        return nodes.ring(door);
    }

    /** Who is called. */
    public enum Kind {
        API,
        NODE
    }

    /** When something goes wrong. */
    public enum Moment {
        /** Before the server has seen the call. */
        BEFORE,
        /** After it has carried the call out. */
        AFTER
    }

    /** What goes wrong, at which call, counted from 0. */
    public record Trouble(int call, Moment moment, Supplier<? extends RuntimeException> what) {}

    /** The operator dies. */
    public static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
