package dev.kvorum.crds.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What else the pods of the nodes carry.
 *
 * @param affinity as in a pod; added to the operator's own spreading
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodSettings(
        @JsonPropertyDescription("Tolerations of the pods.") @Default("[]") @Size(max = 32)
        List<Toleration> tolerations,

        @JsonPropertyDescription("Affinity as in a pod, beside the operator's own spreading over hosts.")
        @PreserveUnknownFields
        @Size(max = 3)
        @Nullable
        Map<String, Object> affinity,

        @JsonPropertyDescription("Priority class of the pods.")
        @Size(min = 1, max = 253)
        @ValidationRule(
                value = Syntax.SUBDOMAIN_RULE,
                messageExpression = "'spec.pod.priorityClassName is \"' + self + '" + Syntax.SUBDOMAIN_REMEDY)
        @Nullable
        String priorityClassName,

        @JsonPropertyDescription("Names of Secrets with registry credentials.")
        @Default("[]")
        @Size(max = 16)
        @ValidationRule(
                value = "self.all(name, name.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$'))",
                messageExpression = "'spec.pod.imagePullSecrets has \"' + self.filter(name,"
                        + " !name.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$'))[0] + '" + Syntax.SUBDOMAIN_REMEDY)
        List<@Size(max = 253) String> imagePullSecrets,

        @JsonPropertyDescription("Labels added to the pods.")
        @Default("{}")
        @Size(max = 32)
        @ValidationRule(
                value = Syntax.LABELS_RULE,
                messageExpression = "'spec.pod.labels has \"' + " + Syntax.BAD_LABEL + " + '" + Syntax.LABELS_REMEDY)
        @ValidationRule(
                value = "!self.exists(key, key.startsWith('kvorum.dev/') || key.startsWith('app.kubernetes.io/'))",
                messageExpression = "'spec.pod.labels has \"' + self.filter(key, key.startsWith('kvorum.dev/') ||"
                        + " key.startsWith('app.kubernetes.io/'))[0] + '\", but these labels are the operator\\'s;"
                        + " use another prefix'")
        Map<String, @Size(max = 63) String> labels,

        @JsonPropertyDescription("Annotations added to the pods.") @Default("{}") @Size(max = 32)
        Map<String, @Size(max = 1024) String> annotations) {

    static final PodSettings DEFAULT = new PodSettings(List.of(), null, null, List.of(), Map.of(), Map.of());

    public PodSettings {
        tolerations = List.copyOf(Objects.requireNonNullElse(tolerations, List.of()));
        imagePullSecrets = List.copyOf(Objects.requireNonNullElse(imagePullSecrets, List.of()));
        labels = Objects.requireNonNullElse(labels, Map.of());
        annotations = Objects.requireNonNullElse(annotations, Map.of());
    }

    /** As in a pod. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.operator) || self.operator in ['Equal', 'Exists']",
            fieldPath = ".operator",
            messageExpression = "'operator is \"' + self.operator + '\"; use Equal or Exists'")
    @ValidationRule(
            value = "!has(self.effect) || self.effect in ['NoSchedule', 'PreferNoSchedule', 'NoExecute']",
            fieldPath = ".effect",
            messageExpression = "'effect is \"' + self.effect + '\"; use NoSchedule, PreferNoSchedule or NoExecute,"
                    + " or leave it out'")
    @ValidationRule(
            value = "!has(self.operator) || self.operator != 'Exists' || !has(self.value) || self.value == ''",
            fieldPath = ".value",
            messageExpression = "'value is \"' + self.value + '\" with operator Exists, which looks at no value;"
                    + " remove one of them'")
    @ValidationRule(
            value = "(has(self.key) && self.key != '') || (has(self.operator) && self.operator == 'Exists')",
            fieldPath = ".key",
            message = "a toleration without a key is for every taint; name a key, or set operator to Exists")
    @ValidationRule(
            value = "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
            fieldPath = ".tolerationSeconds",
            message = "tolerationSeconds is for effect NoExecute alone; set that effect, or remove tolerationSeconds")
    public record Toleration(
            @JsonPropertyDescription("Taint key. Absent: every taint.") @Size(max = 316) @Nullable
            String key,

            @JsonPropertyDescription("Equal or Exists.") @Size(max = 16) @Nullable
            String operator,

            @JsonPropertyDescription("Taint value for Equal.") @Size(max = 63) @Nullable
            String value,

            @JsonPropertyDescription("Taint effect. Absent: every effect.") @Size(max = 32) @Nullable
            String effect,

            @JsonPropertyDescription("How long a NoExecute taint is tolerated. Absent: for ever.")
            @Min(0)
            @Max(31_536_000)
            @Nullable
            Long tolerationSeconds) {}
}
