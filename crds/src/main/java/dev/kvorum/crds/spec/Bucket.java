package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named key space with its contract.
 *
 * @param read R of this bucket; absent: that of the cluster
 * @param write W of this bucket; absent: that of the cluster
 * @param sloppy whether a hint counts towards W; refused until nodes keep hints
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!self.sloppy",
        fieldPath = ".sloppy",
        messageExpression = "'spec.buckets has sloppy: true for bucket ' + self.name + ', but this release keeps no"
                + " hints that could count towards a quorum; set it to false'")
public record Bucket(
        @JsonPropertyDescription("The bucket's name in requests.")
        @Required
        @Size(min = 1, max = 63)
        @ValidationRule(
                value = "self.matches('^[a-z0-9-]+$')",
                messageExpression = "'spec.buckets has a bucket named \"' + self + '\"; use only lower-case letters,"
                        + " digits and \"-\"'")
        String name,

        @JsonPropertyDescription("quorum: leaderless replication.") @Default("quorum")
        Mode mode,

        @JsonPropertyDescription("What concurrent writes leave: siblings, or the last writer's value.")
        @Default("siblings")
        Conflict conflict,

        @JsonPropertyDescription("R of this bucket: one, quorum, all or a number. Absent: the cluster's.")
        @ValidationRule(value = Level.RULE, messageExpression = "'spec.buckets[].read" + Level.REMEDY)
        @Nullable
        IntOrString read,

        @JsonPropertyDescription("W of this bucket: one, quorum, all or a number. Absent: the cluster's.")
        @ValidationRule(value = Level.RULE, messageExpression = "'spec.buckets[].write" + Level.REMEDY)
        @Nullable
        IntOrString write,

        @JsonPropertyDescription("Whether a hint counts towards W. Not in this release.") @Default("false")
        Boolean sloppy) {

    static final Bucket DEFAULT = new Bucket("default", Mode.QUORUM, Conflict.SIBLINGS, null, null, false);

    public Bucket {
        mode = Objects.requireNonNullElse(mode, Mode.QUORUM);
        conflict = Objects.requireNonNullElse(conflict, Conflict.SIBLINGS);
        sloppy = Objects.requireNonNullElse(sloppy, false);
    }

    /** How the replicas of a key agree. */
    public enum Mode {
        @JsonProperty("quorum")
        QUORUM
    }

    /** What concurrent writes leave. */
    public enum Conflict {
        @JsonProperty("siblings")
        SIBLINGS,
        @JsonProperty("lww")
        LWW
    }
}
