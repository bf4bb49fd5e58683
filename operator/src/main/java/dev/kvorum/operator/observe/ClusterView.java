package dev.kvorum.operator.observe;

import dev.kvorum.operator.desired.ClusterRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.stream.Stream;

/** Where objects are read. */
public interface ClusterView {

    /** Objects of this type that carry the cluster's label; from a cache, so possibly old. */
    <T extends HasMetadata> Stream<T> labelled(Class<T> type, ClusterRef cluster);

    /** The object of this kind and name as it is now, whoever made it. May block. */
    Optional<HasMetadata> live(HasMetadata like);
}
