package dev.kvorum.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.spec.SpecRules;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That these rules are those of the definition is tested where its corpus is, in {@code local}. */
class SpecRulesTest {

    @Test
    void requestAboveItsLimitIsRefusedThoughNoSchemaCanSayIt() {
        assertThat(broken("resources: {requests: {memory: 2Gi}, limits: {memory: 1024Mi}}"))
                .singleElement()
                .asString()
                .contains("spec.resources.requests.memory is 2Gi", "1024Mi");
    }

    @Test
    void boundsOfTheDefinitionHoldForSpecsThatCameInThroughAnOlderOne() {
        assertThat(broken("rolling: {maxUnavailable: 65}"))
                .containsExactly("spec.rolling.maxUnavailable is 65; use at most 64");
    }

    private static List<String> broken(String field) {
        return SpecRules.broken(
                Serialization.unmarshal("replicas: 3\nzones: [{name: zone-a}]\n" + field, KVClusterSpec.class));
    }
}
