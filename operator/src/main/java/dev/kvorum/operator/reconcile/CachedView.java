package dev.kvorum.operator.reconcile;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.observe.ClusterView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads from the SDK's informers, and live where a cache cannot know. */
final class CachedView implements ClusterView {

    private final Context<KVCluster> context;

    CachedView(Context<KVCluster> context) {
        this.context = context;
    }

    @Override
    public <T extends HasMetadata> Stream<T> labelled(Class<T> type, ClusterRef cluster) {
        return context.getSecondaryResourcesAsStream(type);
    }

    @Override
    public Optional<HasMetadata> live(HasMetadata like) {
        return Optional.ofNullable(context.getClient().resource(like).get());
    }
}
