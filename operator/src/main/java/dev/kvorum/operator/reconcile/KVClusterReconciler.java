package dev.kvorum.operator.reconcile;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.operator.act.NotLeadingException;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.lead.Leadership;
import dev.kvorum.operator.observe.NodePoller;
import dev.kvorum.operator.observe.Observer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Ties the pass to the Operator SDK: what wakes it, how it is repeated, and where it reads. */
@ControllerConfiguration(
        name = KVClusterReconciler.NAME,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 2, timeUnit = TimeUnit.MINUTES))
public class KVClusterReconciler implements Reconciler<KVCluster> {

    public static final String NAME = "kvcluster";

    private static final Logger LOG = Logger.getLogger(KVClusterReconciler.class);
    private static final String OURS = ClusterRef.MANAGED_BY + "=" + ClusterRef.OPERATOR;

    private final ClusterLoop loop;
    private final NodePoller poller;
    private final Leadership leadership;
    private final Caches caches = new Caches();

    @Inject
    public KVClusterReconciler(ClusterLoop loop, NodePoller poller, Leadership leadership) {
        this.loop = loop;
        this.poller = poller;
        this.leadership = leadership;
    }

    @Override
    public UpdateControl<KVCluster> reconcile(KVCluster resource, Context<KVCluster> context) {
        UpdateControl<KVCluster> done = UpdateControl.noUpdate();
        if (!leadership.leads()) {
            return done;
        }
        caches.requireFilled();
        try {
            loop.pass(resource, new CachedView(context)).ifPresent(done::rescheduleAfter);
        } catch (NotLeadingException e) {
            LOG.infof("a pass over %s ended: %s", ResourceID.fromResource(resource), e.getMessage());
        }
        return done;
    }

    @Override
    public List<EventSource<?, KVCluster>> prepareEventSources(EventSourceContext<KVCluster> context) {
        var answers = new SimpleInboundEventSource<KVCluster>("node-answers");
        poller.onNews(cluster -> answers.propagateEvent(new ResourceID(cluster.name(), cluster.namespace())));
        leadership.onLead(() ->
                context.getPrimaryCache().list().map(ResourceID::fromResource).forEach(answers::propagateEvent));
        List<EventSource<?, KVCluster>> sources = new ArrayList<>();
        sources.add(answers);
        Stream.concat(Observer.OWNED.stream(), Stream.of(Pod.class, PersistentVolumeClaim.class))
                .forEach(type -> {
                    InformerEventSource<? extends HasMetadata, KVCluster> source = informer(type, context);
                    caches.add(HasMetadata.getFullResourceName(type), source);
                    sources.add(source);
                });
        return sources;
    }

    /** Only objects with our label, so that memory grows with our clusters and not with theirs. */
    private static <T extends HasMetadata> InformerEventSource<T, KVCluster> informer(
            Class<T> type, EventSourceContext<KVCluster> context) {
        return new InformerEventSource<>(
                InformerEventSourceConfiguration.from(type, KVCluster.class)
                        .withLabelSelector(OURS)
                        .withSecondaryToPrimaryMapper(
                                Mappers.fromLabel(ClusterRef.CLUSTER, null, "kvorum.dev/primary-type", KVCluster.class))
                        .build(),
                context);
    }
}
