package dev.kvorum.operator.act;

import dev.kvorum.crds.KVCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The API server's writes. Each blocks until the server answered; a refusal is Fabric8's
 * {@code KubernetesClientException}.
 */
public interface Api {

    /** Makes the object; fails if the name is taken. */
    void create(HasMetadata object);

    /** Server-side apply that gives way: fails where another writer set one of the fields to something else. */
    void applyGently(HasMetadata object);

    /** Server-side apply that takes the fields over; the object's uid, if set, must be that of the live one. */
    void applyFirmly(HasMetadata object);

    /**
     * Makes every list of the live object ours as a whole, and sets the other fields; the uid must be that of the live
     * one. Where an item of ours was given another key, an apply would add ours beside it, and the server refuses two
     * of one name.
     */
    void overwrite(HasMetadata object);

    /** Removes exactly the object with this uid; an object that is gone is no failure. */
    void remove(HasMetadata object);

    /** Server-side apply of the status alone. */
    void applyStatus(KVCluster cluster);
}
