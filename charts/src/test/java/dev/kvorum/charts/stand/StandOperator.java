package dev.kvorum.charts.stand;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.operator.act.Actor;
import dev.kvorum.operator.act.Announcer;
import dev.kvorum.operator.act.Api;
import dev.kvorum.operator.act.ClusterMeter;
import dev.kvorum.operator.act.KubernetesApi;
import dev.kvorum.operator.desired.Blueprint;
import dev.kvorum.operator.lead.Leadership;
import dev.kvorum.operator.lead.LeaseHealth;
import dev.kvorum.operator.node.NodeAdmin;
import dev.kvorum.operator.node.Sessions;
import dev.kvorum.operator.observe.NodePoller;
import dev.kvorum.operator.observe.Observer;
import dev.kvorum.operator.plan.Planner;
import dev.kvorum.operator.plan.Site;
import dev.kvorum.operator.reconcile.ClusterLoop;
import dev.kvorum.operator.reconcile.KVClusterReconciler;
import dev.kvorum.operator.reconcile.OperatorMetrics;
import dev.kvorum.operator.reconcile.Wiring;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** One operator: what its pod runs, wired by hand, with a client and metrics of its own. */
public final class StandOperator implements AutoCloseable {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger exits = new AtomicInteger();
    private final ClusterMeter clusters;
    private final KubernetesClient client;
    private final Leadership leadership;
    private final Operator operator;

    /** @param namespace the only one to watch; empty for all */
    StandOperator(StandSettings settings, String namespace, String url, NodeAdmin nodes) {
        clusters = new ClusterMeter(meters);
        client = new KubernetesClientBuilder()
                .withConfig(config(settings.pod(), url))
                .build();
        leadership = new Leadership(settings, meters, client, exits::incrementAndGet);
        var poller = new NodePoller(nodes, settings);
        var loop = loop(settings, poller, nodes);
        operator = new Operator(overrider -> {
            overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withMetrics(new OperatorMetrics(meters, clusters))
                    .withCacheSyncTimeout(Duration.ofSeconds(1));
            Wiring.configure(overrider);
        });
        operator.register(
                new KVClusterReconciler(loop, poller, leadership),
                controller -> configure(controller, settings.resync(), namespace));
    }

    private static void configure(
            ControllerConfigurationOverrider<KVCluster> controller, Duration resync, String namespace) {
        controller
                .withReconciliationMaxInterval(resync)
                .withRetry(new GenericRetry()
                        .setInitialInterval(100)
                        .setIntervalMultiplier(1.2)
                        .setMaxInterval(500)
                        .withoutMaxAttempts());
        if (!namespace.isEmpty()) {
            controller.settingNamespace(namespace);
        }
    }

    private ClusterLoop loop(StandSettings settings, NodePoller poller, NodeAdmin nodes) {
        Api api = new KubernetesApi(client, meters, leadership);
        var sessions = new Sessions();
        var site = new Site(settings.nodeImage(), new Blueprint.Site(settings.namespace(), settings.adminPort()));
        return new ClusterLoop(
                new Observer(poller, settings, sessions),
                new Planner(site),
                new Actor(api, nodes, settings, sessions, leadership),
                new Announcer(api, clusters),
                InstantSource.system());
    }

    private static Config config(String name, String url) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withNamespace("default")
                .withUserAgent(name)
                .build();
    }

    /** Blocks until the caches are filled, or a second has passed without. */
    public void start() {
        operator.start();
        leadership.onStart(new StartupEvent());
    }

    public boolean leads() {
        return meters.get("kvorum.operator.leading").gauge().value() == 1;
    }

    /** Whether its caches are filled and it knows who leads, as its readiness probe asks. */
    public boolean isReady() {
        return operator.getRuntimeInfo().isStarted()
                && operator.getRuntimeInfo().allEventSourcesAreHealthy()
                && lease().getStatus() == HealthCheckResponse.Status.UP;
    }

    /** What its readiness probe says of the Lease. */
    public HealthCheckResponse lease() {
        return new LeaseHealth(leadership).call();
    }

    /** Passes over clusters so far that ended well. */
    public double passes() {
        return meters.get("kvorum.operator.reconcile.passes")
                .tag("outcome", "succeeded")
                .counter()
                .count();
    }

    /** Writes to the API server so far. */
    public double writes() {
        return meters.get("kvorum.operator.writes").counter().count();
    }

    /** How often it wanted to end its process. */
    public int exits() {
        return exits.get();
    }

    /** Stops as at SIGTERM. */
    @Override
    public void close() {
        leadership.onStop(new ShutdownEvent());
        operator.stop();
        leadership.onStopped(new ShutdownEvent());
        client.close();
    }
}
