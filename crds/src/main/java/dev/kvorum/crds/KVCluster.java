package dev.kvorum.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.status.KVClusterStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.NullUnmarked;

/**
 * One Kvorum cluster. People and tools write {@code spec}; only the operator writes {@code status}.
 *
 * <p>In message expressions of this package {@code digit(n)} and {@code digits(n)} write a number below 10 and below
 * 1,000; the generator spells them out, because the API server's cost estimate knows no bound for {@code string(n)}.
 *
 * <p>Mutable because Fabric8 needs a bean here; everything below {@code spec} and {@code status} is a record.
 */
@Group("kvorum.dev")
@Version("v1alpha1")
@Kind("KVCluster")
@Plural("kvclusters")
@Singular("kvcluster")
@ShortNames("kvc")
@JsonClassDescription("One Kvorum cluster: a sharded, replicated key-value store that runs itself.")
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        messageExpression = "'metadata.name is \"' + self.metadata.name + '\", and Services are named after it; use"
                + " lower-case letters, digits and \"-\", starting with a letter'")
@ValidationRule(
        value = "self.spec.zones.all(z, size(self.metadata.name) + 1 + size(z.name) <= 52)",
        messageExpression = "'metadata.name \"' + self.metadata.name + '\" and the longest of spec.zones make a"
                + " StatefulSet name longer than 52 characters; shorten the name or the zone'")
@ValidationRule(
        value = "oldSelf.spec.autoscaling.mode != 'Auto' || self.spec.autoscaling.mode == 'Auto'"
                + " || !has(oldSelf.status) || !has(oldSelf.status.replicas)"
                + " || self.spec.replicas == oldSelf.status.replicas",
        messageExpression = "'spec.autoscaling.mode leaves Auto while spec.replicas is ' + digits(self.spec.replicas) +"
                + " ' and ' + digits(oldSelf.status.replicas) + ' nodes run; change both at once:"
                + " {\"spec\":{\"replicas\":' + digits(oldSelf.status.replicas) + ',\"autoscaling\":{\"mode\":\"' +"
                + " self.spec.autoscaling.mode + '\"}}}'")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Nodes", jsonPath = ".status.nodes")
@AdditionalPrinterColumn(name = "Zones", jsonPath = ".status.zones", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Epoch", jsonPath = ".status.ring.epoch", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Moving",
        jsonPath = ".status.ring.movesRemaining",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@NullUnmarked
public class KVCluster extends CustomResource<KVClusterSpec, KVClusterStatus> implements Namespaced {

    /** Class path resource that holds the CustomResourceDefinition. */
    public static final String CRD_RESOURCE = "/crds/kvclusters.kvorum.dev.yaml";

    @Override
    @Required
    @JsonPropertyDescription("What is asked for. Only people and their tools write it.")
    public KVClusterSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What is there. Only the operator writes it.")
    public KVClusterStatus getStatus() {
        return super.getStatus();
    }
}
