package dev.kvorum.operator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.crds.KVCluster;
import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.status.Condition;
import dev.kvorum.operator.act.Actor;
import dev.kvorum.operator.act.Announcer;
import dev.kvorum.operator.act.ClusterMeter;
import dev.kvorum.operator.act.NotLeadingException;
import dev.kvorum.operator.config.OperatorSettings;
import dev.kvorum.operator.desired.Blueprint;
import dev.kvorum.operator.fake.Calls.Crash;
import dev.kvorum.operator.fake.Calls.Trouble;
import dev.kvorum.operator.node.Sessions;
import dev.kvorum.operator.observe.Observer;
import dev.kvorum.operator.plan.ConditionType;
import dev.kvorum.operator.plan.Planner;
import dev.kvorum.operator.plan.Site;
import dev.kvorum.operator.reconcile.ClusterLoop;
import dev.kvorum.operator.reconcile.PassFailedException;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * KVCluster {@code demo}, and others if asked for, on a fake Kubernetes, and an operator that can be stepped, crashed
 * and started again.
 */
public final class Ground {

    private static final int MANY_PASSES = 60;

    public final FakeCluster api = new FakeCluster();
    public final FakeNodes nodes = new FakeNodes();
    private final Controllers controllers = new Controllers(api, nodes);
    private final Calls calls = new Calls(api, nodes);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean leads = true;
    private ClusterLoop loop = operator();

    /** A ground with three nodes in three zones asked for. */
    public static Ground of(String spec) {
        var ground = new Ground();
        ground.ask("uid-first", spec);
        return ground;
    }

    public static Ground ofThree() {
        return of("""
                replicas: 3
                shards: 16
                zones: [{name: zone-a}, {name: zone-b}, {name: zone-c}]
                """);
    }

    /** Creates the KVCluster, as {@code kubectl apply} does. */
    public void ask(String uid, String spec) {
        ask("demo", uid, spec);
    }

    /** Creates another KVCluster beside {@code demo}. */
    public void askBeside(String name, String spec) {
        ask(name, "uid-" + name, spec);
    }

    private void ask(String name, String uid, String spec) {
        var cluster = new KVCluster();
        cluster.getMetadata().setNamespace("default");
        cluster.getMetadata().setName(name);
        cluster.getMetadata().setUid(uid);
        cluster.setSpec(Serialization.unmarshal(spec, KVClusterSpec.class));
        api.put(cluster);
    }

    /** Changes the spec by a fragment of YAML laid over it. */
    public void change(String fragment) {
        api.edit(KVCluster.class, "demo", cluster -> {
            ObjectNode spec =
                    (ObjectNode) Serialization.unmarshal(Serialization.asJson(cluster.getSpec()), JsonNode.class);
            spec.setAll((ObjectNode) Serialization.unmarshal(fragment, JsonNode.class));
            cluster.setSpec(Serialization.unmarshal(spec.toString(), KVClusterSpec.class));
        });
    }

    public KVCluster cluster() {
        return api.get(KVCluster.class, "demo");
    }

    public Condition condition(ConditionType type) {
        return cluster().getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(type.word()))
                .findFirst()
                .orElseThrow();
    }

    public String claimUid(String pod) {
        return api.get(PersistentVolumeClaim.class, "data-" + pod).getMetadata().getUid();
    }

    public String address(String pod) {
        return controllers.address(pod);
    }

    public void breakImage(String image) {
        controllers.breakImage(image);
    }

    /** Lets the pods of deleted StatefulSets go. */
    public void stopPods() {
        controllers.step();
    }

    public Calls calls() {
        return calls;
    }

    public void plan(Trouble trouble) {
        calls.plan(trouble);
    }

    /** Runs controllers and passes in turn until a pass changes nothing any more; restarts an operator that crashes. */
    public Ground settle() {
        for (int pass = 0; pass < MANY_PASSES; pass++) {
            controllers.step();
            api.takeWrites();
            if (passOnce() && api.takeWrites().isEmpty() && isCalm()) {
                return this;
            }
        }
        throw new AssertionError(
                "no rest after " + MANY_PASSES + " passes: " + cluster().getStatus());
    }

    /** Whether the controllers have nothing to do either. */
    private boolean isCalm() {
        String before = api.toString();
        controllers.step();
        return before.equals(api.toString());
    }

    /** One turn of the controllers and one pass; false if that failed or crashed. */
    public boolean runOnce() {
        controllers.step();
        return passOnce();
    }

    /** One pass over each cluster; false if one failed or the operator crashed. */
    public boolean passOnce() {
        now = now.plus(Duration.ofSeconds(1));
        try {
            api.all(KVCluster.class).forEach(cluster -> loop.pass(cluster, api));
            return true;
        } catch (PassFailedException | KubernetesClientException | NotLeadingException e) {
            return false;
        } catch (Crash e) {
            loop = operator();
            return false;
        }
    }

    /** Another holds the Lease from now on; only the writes to nodes know it. */
    public void loseLease() {
        leads = false;
    }

    private void write(Runnable write) {
        if (!leads) {
            throw new NotLeadingException();
        }
        write.run();
    }

    public void restartOperator() {
        loop = operator();
    }

    public void letTimePass(UnaryOperator<Instant> change) {
        now = change.apply(now);
    }

    private ClusterLoop operator() {
        OperatorSettings settings = new FakeSettings(Duration.ZERO);
        var sessions = new Sessions();
        var site = new Site(settings.nodeImage(), new Blueprint.Site(settings.namespace(), settings.adminPort()));
        return new ClusterLoop(
                new Observer(nodes, settings, sessions),
                new Planner(site),
                new Actor(calls, calls, settings, sessions, this::write),
                new Announcer(calls, new ClusterMeter(new SimpleMeterRegistry())),
                () -> now);
    }
}
