package dev.kvorum.operator.act;

import dev.kvorum.crds.KVCluster;
import dev.kvorum.crds.status.KVClusterStatus;
import dev.kvorum.operator.desired.ClusterRef;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventSource;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Tells the world: status, metrics and events of a KVCluster. */
@Singleton
public class Announcer {

    private static final Logger LOG = Logger.getLogger(Announcer.class);
    private static final int MAX_MESSAGE = 1000;

    private final Api api;
    private final ClusterMeter meter;
    private final AtomicLong serial = new AtomicLong(System.currentTimeMillis() << 12);

    @Inject
    public Announcer(Api api, ClusterMeter meter) {
        this.api = api;
        this.meter = meter;
    }

    /** Shows a status in metrics, whether or not it is new. */
    public void measure(KVCluster resource, KVClusterStatus status) {
        meter.show(resource, status);
    }

    public void status(KVCluster resource, KVClusterStatus status) {
        var told = new KVCluster();
        told.getMetadata().setNamespace(resource.getMetadata().getNamespace());
        told.getMetadata().setName(resource.getMetadata().getName());
        told.getMetadata().setUid(resource.getMetadata().getUid());
        told.setStatus(status);
        api.applyStatus(told);
    }

    /** An event that cannot be written is lost: the journal says the same. */
    public void event(KVCluster resource, News news) {
        LOG.infof(
                "%s/%s %s: %s",
                resource.getMetadata().getNamespace(), resource.getMetadata().getName(), news.reason(), news.text());
        try {
            api.create(event(resource, news, Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        } catch (KubernetesClientException e) {
            LOG.warnf("event %s was not written: %s", news.reason(), ServerWords.of(e));
        }
    }

    private Event event(KVCluster resource, News news, Instant now) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName() + "." + Long.toHexString(serial.incrementAndGet()))
                .endMetadata()
                .withInvolvedObject(reference(resource))
                .withReason(news.reason())
                .withMessage(limited(news.text()))
                .withType(type(news.tone()))
                .withSource(new EventSource(ClusterRef.OPERATOR, null))
                .withReportingComponent(ClusterRef.OPERATOR)
                .withReportingInstance(ClusterRef.OPERATOR)
                .withFirstTimestamp(now.toString())
                .withLastTimestamp(now.toString())
                .withCount(1)
                .build();
    }

    private static ObjectReference reference(KVCluster resource) {
        return new ObjectReferenceBuilder()
                .withApiVersion(resource.getApiVersion())
                .withKind(resource.getKind())
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .withUid(resource.getMetadata().getUid())
                .build();
    }

    private static String limited(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...";
    }

    private static String type(News.Tone tone) {
        return switch (tone) {
            case NORMAL -> "Normal";
            case WARNING -> "Warning";
        };
    }
}
