package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The volume of each node.
 *
 * @param size a whole number of Mi, Gi or Ti; may grow, not shrink
 * @param storageClassName absent: the default class of the Kubernetes cluster
 * @param whenDeleted what becomes of the volumes when the KVCluster is deleted
 * @param whenScaled what becomes of the volume of a node that left for good
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.size) || !has(oldSelf.size)"
                + " || !self.size.matches('^[1-9][0-9]{0,6}(Mi|Gi|Ti)$')"
                + " || !oldSelf.size.matches('^[1-9][0-9]{0,6}(Mi|Gi|Ti)$')"
                + " || int(self.size.replace('Mi', '').replace('Gi', '').replace('Ti', ''))"
                + " * (self.size.endsWith('Ti') ? 1048576 : self.size.endsWith('Gi') ? 1024 : 1)"
                + " >= int(oldSelf.size.replace('Mi', '').replace('Gi', '').replace('Ti', ''))"
                + " * (oldSelf.size.endsWith('Ti') ? 1048576 : oldSelf.size.endsWith('Gi') ? 1024 : 1)",
        fieldPath = ".size",
        messageExpression =
                "'spec.storage.size goes from ' + oldSelf.size + ' to ' + self.size + ', but a volume cannot"
                        + " shrink; keep ' + oldSelf.size")
@ValidationRule(
        value = "has(self.storageClassName) == has(oldSelf.storageClassName)"
                + " && (!has(self.storageClassName) || self.storageClassName == oldSelf.storageClassName)",
        messageExpression = "'spec.storage.storageClassName goes from ' + (has(oldSelf.storageClassName) ?"
                + " oldSelf.storageClassName : 'the default class') + ' to ' + (has(self.storageClassName) ?"
                + " self.storageClassName : 'the default class') + ', but a volume keeps its class; restore the old"
                + " value, or make a new cluster'")
public record Storage(
        @JsonPropertyDescription("Size of each volume in whole Mi, Gi or Ti. May grow, not shrink.")
        @Default("10Gi")
        @Size(max = 9)
        @ValidationRule(
                value = "self.matches('^[1-9][0-9]{0,6}(Mi|Gi|Ti)$')",
                messageExpression = "'spec.storage.size is \"' + self + '\"; use a whole number with Mi, Gi or"
                        + " Ti, such as 10Gi'")
        @ValidationRule(
                value = "!self.matches('^([1-9][0-9]?|[1-4][0-9]{2}|50[0-9]|51[01])Mi$')",
                messageExpression =
                        "'spec.storage.size is ' + self + ', but a node keeps 256Mi free; use at" + " least 512Mi'")
        String size,

        @JsonPropertyDescription("Storage class of the volumes. Absent: the default class.")
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = Syntax.SUBDOMAIN_RULE,
                messageExpression = "'spec.storage.storageClassName is \"' + self + '" + Syntax.SUBDOMAIN_REMEDY)
        @Nullable
        String storageClassName,

        @JsonPropertyDescription("What becomes of the volumes when the KVCluster is deleted.") @Default("Retain")
        Policy whenDeleted,

        @JsonPropertyDescription("What becomes of the volume of a node that left for good.") @Default("Retain")
        Policy whenScaled) {

    static final Storage DEFAULT = new Storage("10Gi", null, Policy.RETAIN, Policy.RETAIN);

    public Storage {
        size = Objects.requireNonNullElse(size, "10Gi");
        whenDeleted = Objects.requireNonNullElse(whenDeleted, Policy.RETAIN);
        whenScaled = Objects.requireNonNullElse(whenScaled, Policy.RETAIN);
    }

    /** What becomes of a volume. */
    public enum Policy {
        @JsonProperty("Retain")
        RETAIN,
        @JsonProperty("Delete")
        DELETE
    }
}
