package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Objects;

/**
 * N, R, W and what a write waits for.
 *
 * @param factor N, the copies of each shard
 * @param read R: {@code one}, {@code quorum}, {@code all} or a number up to N
 * @param write W: like {@code read}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "type(self.read) != int || int(self.read) <= self.factor || int(self.read) > 7",
        fieldPath = ".read",
        messageExpression =
                "'spec.replication.read is ' + digit(int(self.read)) + ', more than spec.replication.factor '"
                        + " + digit(self.factor) + '; use one, quorum, all or a number up to the factor'")
@ValidationRule(
        value = "type(self.write) != int || int(self.write) <= self.factor || int(self.write) > 7",
        fieldPath = ".write",
        messageExpression =
                "'spec.replication.write is ' + digit(int(self.write)) + ', more than spec.replication.factor '"
                        + " + digit(self.factor) + '; use one, quorum, all or a number up to the factor'")
public record Replication(
        @JsonPropertyDescription("N: copies of each shard.") @Default("3") @Min(1) @Max(7)
        Integer factor,

        @JsonPropertyDescription("R: replicas a read waits for: one, quorum, all or a number.")
        @Default("quorum")
        @ValidationRule(value = Level.RULE, messageExpression = "'spec.replication.read" + Level.REMEDY)
        IntOrString read,

        @JsonPropertyDescription("W: replicas a write waits for: one, quorum, all or a number.")
        @Default("quorum")
        @ValidationRule(value = Level.RULE, messageExpression = "'spec.replication.write" + Level.REMEDY)
        IntOrString write,

        @JsonPropertyDescription("What an acknowledged write has reached on W replicas: the disk or the OS.")
        @Default("fsync")
        Durability durability) {

    static final IntOrString QUORUM = new IntOrString("quorum");
    static final Replication DEFAULT = new Replication(3, QUORUM, QUORUM, Durability.FSYNC);

    public Replication {
        factor = Objects.requireNonNullElse(factor, 3);
        read = Objects.requireNonNullElse(read, QUORUM);
        write = Objects.requireNonNullElse(write, QUORUM);
        durability = Objects.requireNonNullElse(durability, Durability.FSYNC);
    }

    /** What a replica has done before it acknowledges. */
    public enum Durability {
        @JsonProperty("fsync")
        FSYNC,
        @JsonProperty("os")
        OS
    }
}
