package dev.kvorum.operator.desired;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;

/**
 * The bearer token of the admin doors. Its content is random, made once when the object is created, never
 * rewritten.
 */
public final class AdminSecret {

    /** Key that holds the token. */
    public static final String TOKEN = "token";

    private AdminSecret() {}

    /** The Secret without its content. */
    static Secret of(Blueprint blueprint) {
        ClusterRef cluster = blueprint.cluster();
        return Stamp.on(new SecretBuilder()
                .withMetadata(cluster.metadata(cluster.adminSecret()).build())
                .withType("Opaque")
                .build());
    }
}
