package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks of one cluster. The operator never writes it.
 *
 * @param replicas nodes in all zones together; in mode Auto only the size at creation
 * @param shards a power of two; stays or doubles
 * @param replaceAfter how long a node may be gone before its place is given away; {@code 0} is never
 * @param config node settings by their name in {@code kv-node.yaml}
 * @param image the node image; absent means the operator's own default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.replicas >= self.replication.factor || self.replicas < 1",
        fieldPath = ".replicas",
        messageExpression = "'spec.replicas is ' + digit(self.replicas) + ', fewer than spec.replication.factor ' +"
                + " digit(self.replication.factor) + '; set replicas to at least ' +"
                + " digit(self.replication.factor) + ' or lower the factor'")
@ValidationRule(
        value = "self.replicas >= size(self.zones) || self.replicas < 1",
        fieldPath = ".replicas",
        messageExpression = "'spec.replicas is ' + digit(self.replicas) + ', but spec.zones has ' +"
                + " digit(size(self.zones)) + ' zones and none may stay empty; set replicas to at least ' +"
                + " digit(size(self.zones)) + ' or remove a zone'")
@ValidationRule(
        value = "self.zones.all(z, self.zones.exists_one(o, o.name == z.name))",
        fieldPath = ".zones",
        message = "spec.zones names a zone twice; give every zone a name of its own")
@ValidationRule(
        value = "self.buckets.all(b, self.buckets.exists_one(o, o.name == b.name))",
        fieldPath = ".buckets",
        message = "spec.buckets names a bucket twice; give every bucket a name of its own")
@ValidationRule(
        value = "self.buckets.exists(b, b.name == 'default')",
        fieldPath = ".buckets",
        message = "spec.buckets has no bucket named default, which RESP and the plain API use; add {name: default}")
@ValidationRule(
        value = "self.buckets.all(b, !has(b.read) || type(b.read) != int || int(b.read) <= self.replication.factor"
                + " || int(b.read) > 7)",
        fieldPath = ".buckets",
        messageExpression = "'spec.buckets asks one bucket to read more replicas than spec.replication.factor ' +"
                + " digit(self.replication.factor) + '; use one, quorum, all or a number up to the factor'")
@ValidationRule(
        value = "self.buckets.all(b, !has(b.write) || type(b.write) != int || int(b.write) <= self.replication.factor"
                + " || int(b.write) > 7)",
        fieldPath = ".buckets",
        messageExpression = "'spec.buckets asks one bucket to write more replicas than spec.replication.factor ' +"
                + " digit(self.replication.factor) + '; use one, quorum, all or a number up to the factor'")
@ValidationRule(
        value = "self.buckets.all(b, b.conflict != 'lww'"
                + " || (has(b.write) ? b.write == 'quorum' || b.write == 'all'"
                + " || (b.write == 'one' && self.replication.factor == 1)"
                + " || (type(b.write) == int && int(b.write) * 2 > self.replication.factor)"
                + " : self.replication.write == 'quorum' || self.replication.write == 'all'"
                + " || (self.replication.write == 'one' && self.replication.factor == 1)"
                + " || (type(self.replication.write) == int && int(self.replication.write) * 2 >"
                + " self.replication.factor)))",
        fieldPath = ".buckets",
        message = "spec.buckets has a bucket with conflict: lww whose write level is not above half of"
                + " spec.replication.factor; set its write to quorum, or use conflict: siblings")
@ValidationRule(
        value = "!has(self.autoscaling.minReplicas) || self.autoscaling.minReplicas >= self.replication.factor"
                + " || self.autoscaling.minReplicas < 1",
        fieldPath = ".autoscaling.minReplicas",
        messageExpression = "'spec.autoscaling.minReplicas is ' + digit(self.autoscaling.minReplicas) + ', fewer than"
                + " spec.replication.factor ' + digit(self.replication.factor) + '; raise it to the factor'")
@ValidationRule(
        value = "!has(self.autoscaling.minReplicas) || !has(self.autoscaling.maxReplicas)"
                + " || (size(self.zones) == self.replication.factor"
                + " ? (self.autoscaling.minReplicas + size(self.zones) - 1) / size(self.zones)"
                + " <= self.autoscaling.maxReplicas / size(self.zones)"
                + " : self.autoscaling.minReplicas <= self.autoscaling.maxReplicas)",
        fieldPath = ".autoscaling.maxReplicas",
        messageExpression = "'spec.autoscaling allows no size between minReplicas ' +"
                + " digits(self.autoscaling.minReplicas) + ' and maxReplicas ' +"
                + " digits(self.autoscaling.maxReplicas) + (size(self.zones) == self.replication.factor ?"
                + " ' in whole rounds of ' + digit(size(self.zones)) + ' nodes, one per zone' : '') + '; raise"
                + " maxReplicas or lower minReplicas'")
public record KVClusterSpec(
        @JsonPropertyDescription("Nodes in all zones together. In mode Auto only the size at creation.")
        @Required
        @Min(1)
        @Max(512)
        @SpecReplicas
        Integer replicas,

        @JsonPropertyDescription("Where nodes run. Nodes are spread over the zones by weight.")
        @Required
        @Size(min = 1, max = 9)
        List<Zone> zones,

        @JsonPropertyDescription("How many copies, and how many must answer.") @Default("{}")
        Replication replication,

        @JsonPropertyDescription("Slices of the key space, the unit of movement. A power of two; stays or doubles.")
        @Default("256")
        @Min(1)
        @Max(16384)
        @ValidationRule(
                value = "self in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384]",
                messageExpression =
                        "'spec.shards is ' + number(self) + ', not a power of two; use 256, or 1024 for more than"
                                + " 60 nodes'")
        @ValidationRule(
                value = "self == oldSelf || self == oldSelf * 2",
                messageExpression =
                        "'spec.shards goes from ' + number(oldSelf) + ' to ' + number(self) + ', but shards stay,"
                                + " or double; keep ' + number(oldSelf) + ' or set ' + number(oldSelf * 2)")
        Integer shards,

        @JsonPropertyDescription("The volume of each node.") @Default("{}")
        Storage storage,

        @JsonPropertyDescription("CPU and memory of each node.") @Default("{}")
        Resources resources,

        @JsonPropertyDescription("Whether and how the number of nodes follows the load.") @Default("{}")
        Autoscaling autoscaling,

        @JsonPropertyDescription("How data moves when the ring changes.") @Default("{}")
        Rebalance rebalance,

        @JsonPropertyDescription("How long a node may be gone before its place is given away, such as 30m; 0 is never.")
        @Default("30m")
        @ValidationRule(
                value = "type(self) == int ? self == 0 : self.matches('^(0|[1-9][0-9]{0,4}[smhd])$')",
                messageExpression =
                        "'spec.replaceAfter is ' + (type(self) == int ? number(int(self)) : self) + '; use a"
                                + " number with s, m, h or d, such as 30m, or 0 for never'")
        IntOrString replaceAfter,

        @JsonPropertyDescription("How nodes are restarted for a change.") @Default("{}")
        Rolling rolling,

        @JsonPropertyDescription("Named key spaces, each with its contract.")
        @Default("[{\"name\":\"default\",\"mode\":\"quorum\",\"conflict\":\"siblings\",\"sloppy\":false}]")
        @Size(min = 1, max = 30)
        List<Bucket> buckets,

        @JsonPropertyDescription("Node settings by their name in kv-node.yaml, such as requestTimeoutMs.")
        @Default("{}")
        @Size(max = 64)
        @ValidationRule(
                value = "self.all(k, k.matches('^[a-z][A-Za-z0-9]{0,62}$'))",
                messageExpression =
                        "'spec.config has the key \"' + self.filter(k, !k.matches('^[a-z][A-Za-z0-9]{0,62}$'))[0]"
                                + " + '\", which is no setting name; names are camelCase, such as requestTimeoutMs'")
        @ValidationRule(
                value = "!" + KVClusterSpec.RESERVED + ".exists(k, k in self)",
                messageExpression = "'spec.config sets ' + " + KVClusterSpec.RESERVED + ".filter(k, k in self)[0]"
                        + " + ', which the operator sets itself; remove it'")
        Map<String, IntOrString> config,

        @JsonPropertyDescription("Who may reach the client doors.") @Default("{}")
        Clients clients,

        @JsonPropertyDescription("Who may read metrics.") @Default("{}")
        Monitoring monitoring,

        @JsonPropertyDescription("The Service that clients use.") @Default("{}")
        ServiceSettings service,

        @JsonPropertyDescription("What else the pods of the nodes carry.") @Default("{}")
        PodSettings pod,

        @JsonPropertyDescription("The node image. Absent: the operator's default.") @Size(min = 1, max = 512) @Nullable
        String image,

        @JsonPropertyDescription("The operator changes nothing while this is true; status goes on.") @Default("false")
        Boolean paused) {

    private static final String RESERVED = "['name', 'zone', 'dataDir', 'bindHost', 'advertiseHost', 'httpPort',"
            + " 'respPort', 'peerPort', 'membershipPort', 'adminPort', 'adminTokenFile']";

    public KVClusterSpec {
        zones = List.copyOf(Objects.requireNonNullElse(zones, List.of()));
        replication = Objects.requireNonNullElse(replication, Replication.DEFAULT);
        shards = Objects.requireNonNullElse(shards, 256);
        storage = Objects.requireNonNullElse(storage, Storage.DEFAULT);
        resources = Objects.requireNonNullElse(resources, Resources.DEFAULT);
        autoscaling = Objects.requireNonNullElse(autoscaling, Autoscaling.DEFAULT);
        rebalance = Objects.requireNonNullElse(rebalance, Rebalance.DEFAULT);
        replaceAfter = Objects.requireNonNullElse(replaceAfter, new IntOrString("30m"));
        rolling = Objects.requireNonNullElse(rolling, Rolling.DEFAULT);
        buckets = List.copyOf(Objects.requireNonNullElse(buckets, List.of(Bucket.DEFAULT)));
        config = Objects.requireNonNullElse(config, Map.of());
        clients = Objects.requireNonNullElse(clients, Clients.DEFAULT);
        monitoring = Objects.requireNonNullElse(monitoring, Monitoring.DEFAULT);
        service = Objects.requireNonNullElse(service, ServiceSettings.DEFAULT);
        pod = Objects.requireNonNullElse(pod, PodSettings.DEFAULT);
        paused = Objects.requireNonNullElse(paused, false);
    }
}
