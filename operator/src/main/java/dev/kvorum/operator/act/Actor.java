package dev.kvorum.operator.act;

import dev.kvorum.operator.act.Outcome.Deed;
import dev.kvorum.operator.config.OperatorSettings;
import dev.kvorum.operator.desired.AdminSecret;
import dev.kvorum.operator.desired.ClusterRef;
import dev.kvorum.operator.node.NodeAdmin;
import dev.kvorum.operator.node.NodeAdminException;
import dev.kvorum.operator.node.Session;
import dev.kvorum.operator.node.Sessions;
import dev.kvorum.operator.observe.Observed;
import dev.kvorum.operator.plan.Action;
import dev.kvorum.operator.plan.ConditionType;
import dev.kvorum.operator.plan.Finding;
import dev.kvorum.operator.plan.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Carries out the actions of a plan in order, as long as this operator leads, and stops at the first that fails. */
@Singleton
public class Actor {

    private static final Logger LOG = Logger.getLogger(Actor.class);
    private static final int TOKEN_BYTES = 32;
    private static final int INVALID = 422;

    private final Api api;
    private final NodeAdmin nodes;
    private final OperatorSettings settings;
    private final Sessions sessions;
    private final Fence fence;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public Actor(Api api, NodeAdmin nodes, OperatorSettings settings, Sessions sessions, Fence fence) {
        this.api = api;
        this.nodes = nodes;
        this.settings = settings;
        this.sessions = sessions;
        this.fence = fence;
    }

    public Outcome perform(List<Action> actions, Observed seen) {
        Map<Reason, List<String>> done = new EnumMap<>(Reason.class);
        Optional<Finding> failure = Optional.empty();
        for (Action action : actions) {
            try {
                perform(action, seen);
                reason(action)
                        .ifPresent(reason -> done.computeIfAbsent(reason, first -> new ArrayList<>())
                                .add(name(action)));
            } catch (KubernetesClientException e) {
                String why = name(action) + ": " + ServerWords.of(e);
                failure = Optional.of(new Finding(ConditionType.DEGRADED, Reason.API_REFUSED, why));
                break;
            } catch (NodeAdminException e) {
                failure = Optional.of(refused(action, e));
                break;
            }
        }
        return new Outcome(
                done.entrySet().stream()
                        .map(deeds -> new Deed(deeds.getKey(), String.join(", ", deeds.getValue())))
                        .toList(),
                failure);
    }

    private Finding refused(Action action, NodeAdminException e) {
        String why = name(action) + ": " + e.getMessage();
        if (action instanceof Action.DeclareBucket declare && e.isSuperseded()) {
            sessions.superseded(declare.clusterId(), why);
            LOG.errorf(
                    "another operator took over cluster %s, so this one leaves it alone: %s", declare.clusterId(), why);
            return new Finding(ConditionType.DEGRADED, Reason.SESSION_SUPERSEDED, why);
        }
        if (action instanceof Action.DeclareBucket declare && e.isSessionUnknown()) {
            sessions.forgotten(declare.clusterId());
            return new Finding(ConditionType.PROGRESSING, Reason.AUTHORITY_SILENT, why);
        }
        boolean isFounding = action instanceof Action.Found;
        if (e.isRefusal()) {
            return new Finding(
                    ConditionType.DEGRADED, isFounding ? Reason.FOUNDING_REFUSED : Reason.AUTHORITY_REFUSED, why);
        }
        return new Finding(
                ConditionType.PROGRESSING, isFounding ? Reason.NODES_STARTING : Reason.AUTHORITY_SILENT, why);
    }

    private void perform(Action action, Observed seen) {
        switch (action) {
            case Action.Create(HasMetadata object) -> api.applyGently(object);
            case Action.CreateSecret(Secret secret) -> api.create(withToken(secret));
            case Action.Repair repair -> putBack(withUid(repair.object(), repair.uid()));
            case Action.Remove remove -> api.remove(remove.object());
            case Action.MarkClaim mark -> api.applyFirmly(mark.mark());
            case Action.Found found -> fence.during(() -> nodes.found(door(found.address(), seen), found.document()));
            case Action.OpenSession open -> fence.during(() -> open(open, seen));
            case Action.DeclareBucket declare ->
                fence.during(
                        () -> nodes.declareBucket(door(declare.address(), seen), number(declare), declare.bucket()));
        }
    }

    private void open(Action.OpenSession open, Observed seen) {
        long number = nodes.openSession(door(open.address(), seen), ownName());
        sessions.opened(open.clusterId(), number);
        LOG.infof("opened session %d with the authority of cluster %s", number, open.clusterId());
    }

    private NodeAdmin.Door door(String address, Observed seen) {
        return new NodeAdmin.Door(address, settings.adminPort(), seen.token());
    }

    /** Of the session that an earlier action opened, if not an earlier pass. */
    private long number(Action.DeclareBucket declare) {
        return switch (sessions.of(declare.clusterId())) {
            case Session.Open(long number) -> number;
            case Session.None _, Session.Superseded _ ->
                throw new IllegalStateException("a plan declares buckets under an open session alone");
        };
    }

    private String ownName() {
        return settings.identity().orElse(ClusterRef.OPERATOR);
    }

    private void putBack(HasMetadata object) {
        try {
            api.applyFirmly(object);
        } catch (KubernetesClientException e) {
            if (e.getCode() != INVALID) {
                throw e;
            }
            api.overwrite(object);
        }
    }

    private Secret withToken(Secret secret) {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        byte[] text = HexFormat.of().formatHex(token).getBytes(StandardCharsets.US_ASCII);
        return new SecretBuilder(secret)
                .addToData(AdminSecret.TOKEN, Base64.getEncoder().encodeToString(text))
                .build();
    }

    private static HasMetadata withUid(HasMetadata object, String uid) {
        HasMetadata copy = Serialization.clone(object);
        copy.getMetadata().setUid(uid);
        return copy;
    }

    /** Under which it is told; a session concerns nobody, and a restart should leave no trace. */
    private static Optional<Reason> reason(Action action) {
        return switch (action) {
            case Action.Create _, Action.CreateSecret _ -> Optional.of(Reason.CREATED);
            case Action.Repair _ -> Optional.of(Reason.REPAIRED);
            case Action.Remove remove -> Optional.of(remove.reason());
            case Action.MarkClaim _ -> Optional.of(Reason.CLAIMS_MARKED);
            case Action.Found _ -> Optional.of(Reason.FOUNDED);
            case Action.OpenSession _ -> Optional.empty();
            case Action.DeclareBucket _ -> Optional.of(Reason.BUCKET_DECLARED);
        };
    }

    private static String name(Action action) {
        return switch (action) {
            case Action.Create(HasMetadata object) -> name(object);
            case Action.CreateSecret(Secret secret) -> name(secret);
            case Action.Repair repair -> name(repair.object()) + " (" + repair.because() + ")";
            case Action.Remove remove -> name(remove.object()) + " (" + remove.because() + ")";
            case Action.MarkClaim mark -> mark.mark().getMetadata().getName();
            case Action.Found found -> found.pod();
            case Action.OpenSession open -> "by " + open.pod();
            case Action.DeclareBucket declare -> declare.bucket().name();
        };
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
