package dev.kvorum.operator.act;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.operator.desired.ClusterRef;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The writes over Fabric8, under one field manager and only while this operator leads, each counted in
 * {@code kvorum_operator_writes_total}.
 */
@Singleton
public class KubernetesApi implements Api {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final Fence fence;
    private final Counter writes;

    @Inject
    public KubernetesApi(KubernetesClient client, MeterRegistry meters, Fence fence) {
        this.client = client;
        this.fence = fence;
        this.writes = Counter.builder("kvorum.operator.writes")
                .description("Writes to the API server; none while nothing changes")
                .register(meters);
    }

    @Override
    public void create(HasMetadata object) {
        write(() -> client.resource(object).create());
    }

    @Override
    public void applyGently(HasMetadata object) {
        write(() -> client.resource(object).patch(applying(false)));
    }

    @Override
    public void applyFirmly(HasMetadata object) {
        write(() -> client.resource(object).patch(applying(true)));
    }

    @Override
    public void overwrite(HasMetadata object) {
        var merging = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(ClusterRef.OPERATOR)
                .build();
        write(() -> client.resource(object).patch(merging, Serialization.asJson(object)));
    }

    @Override
    public void remove(HasMetadata object) {
        try {
            write(() -> client.resource(object)
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete());
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    @Override
    public void applyStatus(KVCluster cluster) {
        write(() -> client.resource(cluster).subresource("status").patch(applying(true)));
    }

    private void write(Runnable request) {
        fence.during(() -> {
            writes.increment();
            request.run();
        });
    }

    private static PatchContext applying(boolean force) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(ClusterRef.OPERATOR)
                .withForce(force)
                .build();
    }
}
