package dev.kvorum.operator.lead;

import dev.kvorum.operator.config.OperatorSettings;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads and writes the Lease. Each call blocks, and throws Fabric8's exception where the server refuses. */
final class LeaseDoor {

    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final OperatorSettings settings;
    private final String identity;

    LeaseDoor(KubernetesClient client, OperatorSettings settings, String identity) {
        this.client = client;
        this.settings = settings;
        this.identity = identity;
    }

    @Nullable
    Lease read() {
        return lease().get();
    }

    /**
     * Writes the Lease as this operator's.
     *
     * @param read as it was; null if it is to be made
     * @return false if it changed meanwhile
     */
    boolean write(@Nullable Lease read) {
        boolean isOurs = Election.holder(read).equals(identity);
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        LeaseBuilder written = (read == null ? new LeaseBuilder() : new LeaseBuilder(read))
                .editOrNewMetadata()
                .withNamespace(settings.namespace())
                .withName(settings.lease().name())
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(identity)
                .withLeaseDurationSeconds(
                        Math.toIntExact(settings.lease().duration().toSeconds()))
                .withRenewTime(now)
                .endSpec();
        if (!isOurs) {
            int changes = read == null || read.getSpec() == null ? 0 : changes(read) + 1;
            written.editSpec()
                    .withAcquireTime(now)
                    .withLeaseTransitions(changes)
                    .endSpec();
        }
        return isTaken(written.build(), read == null);
    }

    /** Whether it was this operator's and is nobody's now. */
    boolean giveBack() {
        Lease live = lease().get();
        if (live == null || !Election.holder(live).equals(identity)) {
            return false;
        }
        Lease free = new LeaseBuilder(live)
                .editSpec()
                .withHolderIdentity("")
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build();
        return isTaken(free, false);
    }

    // The version that was read goes with it, so of two that write at once one is refused.
    private boolean isTaken(Lease lease, boolean isNew) {
        try {
            if (isNew) {
                client.resource(lease).create();
            } else {
                client.resource(lease).update();
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private static int changes(Lease lease) {
        return Objects.requireNonNullElse(lease.getSpec().getLeaseTransitions(), 0);
    }

    private Resource<Lease> lease() {
        return client.leases()
                .inNamespace(settings.namespace())
                .withName(settings.lease().name());
    }

    @Override
    public String toString() {
        return settings.namespace() + "/" + settings.lease().name();
    }
}
