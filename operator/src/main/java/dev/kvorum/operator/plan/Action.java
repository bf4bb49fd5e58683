package dev.kvorum.operator.plan;

import dev.kvorum.operator.node.BootstrapDocument;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;

/** One write. Each carries what must still be true for it, and is safe to repeat. */
public sealed interface Action {

    /** Makes an object whose name was free a moment ago; never over another's fields. */
    record Create(HasMetadata object) implements Action {}

    /** Makes the admin Secret, with a new random token. */
    record CreateSecret(Secret object) implements Action {}

    /**
     * Puts an object of ours back.
     *
     * @param uid of the object meant
     * @param because what differed
     */
    record Repair(HasMetadata object, String uid, String because) implements Action {}

    /** Removes exactly this object of ours. */
    record Remove(HasMetadata object, Reason reason, String because) implements Action {}

    /** Notes on a claim whose data it holds, and to whom it belongs. */
    record MarkClaim(PersistentVolumeClaim mark) implements Action {}

    /** Hands a node the bootstrap document. */
    record Found(String pod, String address, BootstrapDocument document) implements Action {}

    /** Opens a session with the authority of this cluster, by one of its nodes. */
    record OpenSession(String pod, String address, String clusterId) implements Action {}

    /** Declares a bucket that no node holds, under the session that is open by then. */
    record DeclareBucket(String address, String clusterId, BootstrapDocument.Bucket bucket) implements Action {}
}
