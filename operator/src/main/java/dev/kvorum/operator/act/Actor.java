package dev.kvorum.operator.act;

import dev.kvorum.operator.act.Outcome.Deed;
import dev.kvorum.operator.config.OperatorSettings;
import dev.kvorum.operator.desired.AdminSecret;
import dev.kvorum.operator.node.NodeAdmin;
import dev.kvorum.operator.node.NodeAdminException;
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

/** Carries out the actions of a plan in order and stops at the first that fails. */
@Singleton
public class Actor {

    private static final int TOKEN_BYTES = 32;
    private static final int INVALID = 422;

    private final Api api;
    private final NodeAdmin nodes;
    private final OperatorSettings settings;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public Actor(Api api, NodeAdmin nodes, OperatorSettings settings) {
        this.api = api;
        this.nodes = nodes;
        this.settings = settings;
    }

    public Outcome perform(List<Action> actions, Observed seen) {
        Map<Reason, List<String>> done = new EnumMap<>(Reason.class);
        Optional<Finding> failure = Optional.empty();
        for (Action action : actions) {
            try {
                Deed deed = perform(action, seen);
                done.computeIfAbsent(deed.reason(), reason -> new ArrayList<>()).add(deed.text());
            } catch (KubernetesClientException e) {
                String why = name(action) + ": " + ServerWords.of(e);
                failure = Optional.of(new Finding(ConditionType.DEGRADED, Reason.API_REFUSED, why));
                break;
            } catch (NodeAdminException e) {
                failure = Optional.of(new Finding(
                        e.isRefusal() ? ConditionType.DEGRADED : ConditionType.PROGRESSING,
                        e.isRefusal() ? Reason.FOUNDING_REFUSED : Reason.NODES_STARTING,
                        name(action) + ": " + e.getMessage()));
                break;
            }
        }
        return new Outcome(
                done.entrySet().stream()
                        .map(deeds -> new Deed(deeds.getKey(), String.join(", ", deeds.getValue())))
                        .toList(),
                failure);
    }

    private Deed perform(Action action, Observed seen) {
        switch (action) {
            case Action.Create(HasMetadata object) -> api.applyGently(object);
            case Action.CreateSecret(Secret secret) -> api.create(withToken(secret));
            case Action.Repair repair -> putBack(withUid(repair.object(), repair.uid()));
            case Action.Remove remove -> api.remove(remove.object());
            case Action.MarkClaim mark -> api.applyFirmly(mark.mark());
            case Action.Found found ->
                nodes.found(new NodeAdmin.Door(found.address(), settings.adminPort(), seen.token()), found.document());
        }
        return new Deed(reason(action), name(action));
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

    private static Reason reason(Action action) {
        return switch (action) {
            case Action.Create _, Action.CreateSecret _ -> Reason.CREATED;
            case Action.Repair _ -> Reason.REPAIRED;
            case Action.Remove remove -> remove.reason();
            case Action.MarkClaim _ -> Reason.CLAIMS_MARKED;
            case Action.Found _ -> Reason.FOUNDED;
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
        };
    }

    private static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }
}
