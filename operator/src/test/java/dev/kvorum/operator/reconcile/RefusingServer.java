package dev.kvorum.operator.reconcile;

import dev.kvorum.crds.KVCluster;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.MockWebServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fabric8's own in-memory API server: it lists, watches and creates, but refuses server-side apply. */
public final class RefusingServer implements QuarkusTestResourceLifecycleManager {

    private static final String MASTER = "kubernetes.master";

    private final KubernetesMockServer server = new KubernetesMockServer(
            new io.fabric8.mockwebserver.Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(
                    List.of(CustomResourceDefinitionContext.fromCustomResourceType(KVCluster.class))),
            false);

    /** The client's address is no setting of the operator's: it is found the way every Kubernetes client finds it. */
    @Override
    public Map<String, String> start() {
        server.init();
        System.setProperty(MASTER, server.url("/"));
        return Map.of();
    }

    @Override
    public void stop() {
        System.clearProperty(MASTER);
        server.destroy();
    }
}
