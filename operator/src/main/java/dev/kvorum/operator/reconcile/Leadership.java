package dev.kvorum.operator.reconcile;

import dev.kvorum.operator.config.OperatorSettings;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Whether this operator is the one that acts. One that stands by has filled its caches and is ready to take over.
 *
 * <p>Who loses the Lease without being asked to stop ends its process at once, in the middle of whatever it does:
 * another may act from then on. Who is asked to stop ends its passes first.
 */
@Singleton
public class Leadership {

    private static final Logger LOG = Logger.getLogger(Leadership.class);
    private static final int LOST = 1;

    private final OperatorSettings settings;
    private final Runnable exit;
    private volatile boolean leads;
    private volatile boolean isStopping;

    @Inject
    public Leadership(OperatorSettings settings, MeterRegistry meters) {
        this(settings, meters, () -> Runtime.getRuntime().halt(LOST));
    }

    /** With another end of the process, for tests. */
    public Leadership(OperatorSettings settings, MeterRegistry meters, Runnable exit) {
        this.settings = settings;
        this.exit = exit;
        this.leads = !settings.leaderElection();
        Gauge.builder("kvorum.operator.leading", () -> leads ? 1 : 0)
                .description("Whether this operator is the one that acts")
                .register(meters);
    }

    // Left to itself the SDK calls System.exit when it gives the Lease back, which never returns while the process
    // stops.
    @SuppressWarnings("deprecation")
    LeaderElectionConfiguration election() {
        OperatorSettings.Lease lease = settings.lease();
        return new LeaderElectionConfiguration(
                lease.name(),
                settings.namespace(),
                lease.duration(),
                lease.renewDeadline(),
                lease.retryPeriod(),
                settings.identity().orElse(null),
                new LeaderCallbacks(this::begin, this::end, Leadership::tell),
                false);
    }

    /** Before the SDK stops its own part, which gives the Lease back. */
    public void onStop(@Observes @Priority(1) ShutdownEvent event) {
        isStopping = true;
    }

    private void begin() {
        leads = true;
        LOG.infof("this operator leads");
    }

    private void end() {
        leads = false;
        if (isStopping) {
            LOG.infof("this operator gave the Lease back");
            return;
        }
        LOG.errorf(
                "the Lease %s/%s was lost: another operator may act now, so this process ends; look why the API server"
                        + " could not be reached for %s",
                settings.namespace(), settings.lease().name(), settings.lease().renewDeadline());
        exit.run();
    }

    private static void tell(String leader) {
        LOG.infof("%s leads", leader.isEmpty() ? "nobody" : leader);
    }
}
