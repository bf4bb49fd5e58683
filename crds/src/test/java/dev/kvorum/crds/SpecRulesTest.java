package dev.kvorum.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.spec.SpecRules;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpecRulesTest {

    @ParameterizedTest
    @MethodSource("creations")
    void operatorRefusesWhatTheApiServerRefuses(RefusalCase refusal) {
        KVClusterSpec spec =
                Serialization.unmarshal(refusal.before().get("spec").toString(), KVClusterSpec.class);

        assertThat(SpecRules.broken(spec).isEmpty())
                .as("%s", SpecRules.broken(spec))
                .isEqualTo(refusal.refused().isEmpty());
    }

    @Test
    void requestAboveItsLimitIsRefusedThoughNoSchemaCanSayIt() {
        KVClusterSpec spec = Serialization.unmarshal("""
                replicas: 3
                zones: [{name: zone-a}]
                resources: {requests: {memory: 2Gi}, limits: {memory: 1024Mi}}
                """, KVClusterSpec.class);

        assertThat(SpecRules.broken(spec))
                .singleElement()
                .asString()
                .contains("spec.resources.requests.memory is 2Gi", "1024Mi");
    }

    /** Names are judged by the API server alone: the operator meets only names that exist. */
    static Stream<RefusalCase> creations() {
        return RefusalCase.all().stream().filter(refusal -> refusal.to() == null && refusal.clusterName() == null);
    }
}
