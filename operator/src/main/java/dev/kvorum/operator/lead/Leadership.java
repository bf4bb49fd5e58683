package dev.kvorum.operator.lead;

import dev.kvorum.operator.act.Fence;
import dev.kvorum.operator.act.NotLeadingException;
import dev.kvorum.operator.act.ServerWords;
import dev.kvorum.operator.config.OperatorSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jboss.logging.Logger;

/**
 * Whether this operator is the one that acts. One that stands by has filled its caches and is ready to take over.
 *
 * <p>Who loses the Lease without being asked to stop writes nothing more and ends its process, in the middle of
 * whatever it does: another may act from then on. Who is asked to stop ends its passes, then gives the Lease back.
 * Without a right on the Lease it tries for ever, and says what it lacks.
 */
@Singleton
public final class Leadership implements Fence {

    private static final Logger LOG = Logger.getLogger(Leadership.class);
    private static final int LOST = 1;
    private static final int LOOKS_PER_TRY = 4;

    /** How long giving back waits for a write that is under way, and for the server. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OperatorSettings settings;
    private final Runnable exit;
    private final Election election;
    private final LeaseDoor door;
    private final ReadWriteLock writes = new ReentrantReadWriteLock();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread tries = Thread.ofVirtual().name("lease").unstarted(this::tryUntilOver);
    private final Thread guard = Thread.ofVirtual().name("lease-guard").unstarted(this::guardUntilOver);
    private volatile Runnable listener = () -> {};
    private volatile String trouble = "it has not asked for the Lease yet";
    private volatile boolean isStopping;

    @Inject
    public Leadership(OperatorSettings settings, MeterRegistry meters, KubernetesClient client) {
        this(settings, meters, client, () -> Runtime.getRuntime().halt(LOST));
    }

    /** With another end of the process, for tests. */
    public Leadership(OperatorSettings settings, MeterRegistry meters, KubernetesClient client, Runnable exit) {
        String identity = settings.identity().orElseGet(() -> UUID.randomUUID().toString());
        this.settings = settings;
        this.exit = exit;
        this.election = new Election(identity, settings.lease().renewDeadline());
        this.door = new LeaseDoor(client, settings, identity);
        Gauge.builder("kvorum.operator.leading", () -> leads() ? 1 : 0)
                .description("Whether this operator is the one that acts")
                .register(meters);
    }

    public boolean leads() {
        return !settings.leaderElection() || election.leads(nowMs());
    }

    /** Who is told, once, that this operator leads now. */
    public void onLead(Runnable told) {
        this.listener = told;
    }

    /** Why it can neither lead nor know who does; empty if it can. */
    public Optional<String> trouble() {
        return leads() || trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    @Override
    public void during(Runnable write) {
        writes.readLock().lock();
        try {
            if (!leads()) {
                throw new NotLeadingException();
            }
            write.run();
        } finally {
            writes.readLock().unlock();
        }
    }

    /** After the SDK has filled its caches: who stands by is ready. */
    public void onStart(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER + 200) StartupEvent event) {
        if (settings.leaderElection()) {
            tries.start();
            guard.start();
        }
    }

    /** Before the SDK ends its passes. The Lease is renewed meanwhile. */
    public void onStop(@Observes @Priority(1) ShutdownEvent event) {
        isStopping = true;
    }

    /** After the SDK has ended its passes. */
    public void onStopped(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER + 200) ShutdownEvent event) {
        if (!settings.leaderElection()) {
            return;
        }
        over.countDown();
        Thread last = Thread.ofVirtual().name("lease-last").start(this::giveBack);
        try {
            if (!last.join(PATIENCE)) {
                LOG.warnf("the Lease %s could not be given back within %s and will run out", door, PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once nothing is being written and nothing can be any more. */
    private void giveBack() {
        boolean led = leads();
        try {
            tries.join();
            writes.writeLock().lock();
            try {
                election.resign();
            } finally {
                writes.writeLock().unlock();
            }
            if (led && door.giveBack()) {
                LOG.infof("gave the Lease %s back", door);
            }
        } catch (KubernetesClientException e) {
            LOG.warnf("the Lease %s was not given back and will run out: %s", door, ServerWords.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryUntilOver() {
        try {
            do {
                tryOnce();
            } while (!over.await(settings.lease().retryPeriod().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryOnce() {
        long askedMs = nowMs();
        try {
            var lease = door.read();
            boolean isWritten = switch (election.onRead(askedMs, lease)) {
                case TAKE, RENEW -> door.write(lease);
                case WAIT -> false;
            };
            tell("");
            if (isWritten && election.onWritten(askedMs)) {
                LOG.infof("this operator leads");
                listener.run();
            }
        } catch (KubernetesClientException e) {
            tell("the Lease %s cannot be had: %s".formatted(door, ServerWords.of(e)));
        }
    }

    private void tell(String news) {
        if (!news.equals(trouble) && !news.isEmpty()) {
            LOG.warnf("%s; nobody may act without it, so this operator keeps trying", news);
        }
        trouble = news;
    }

    /** Beside the tries, one of which may hang. */
    private void guardUntilOver() {
        long pauseMs = settings.lease().retryPeriod().toMillis() / LOOKS_PER_TRY;
        try {
            while (!over.await(pauseMs, TimeUnit.MILLISECONDS)) {
                if (election.isLost(nowMs())) {
                    over.countDown();
                    end();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        if (isStopping) {
            LOG.warnf("the Lease %s was lost while this operator stops", door);
            return;
        }
        LOG.errorf(
                "the Lease %s was lost: another operator may act now, so this process ends; look why the API server"
                        + " could not be reached for %s",
                door, settings.lease().renewDeadline());
        exit.run();
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
