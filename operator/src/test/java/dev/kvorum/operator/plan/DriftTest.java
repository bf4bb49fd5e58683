package dev.kvorum.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class DriftTest {

    @Test
    void defaultsOfTheServerAndFieldsOfOthersAreNoDrift() {
        assertThat(Drift.between(service("""
                        spec: {type: ClusterIP, ports: [{name: http, port: 8080}]}
                        """), service("""
                        metadata: {annotations: {someone: else}}
                        spec:
                          type: ClusterIP
                          clusterIP: 10.0.0.7
                          sessionAffinity: None
                          ports: [{name: extra, port: 1}, {name: http, port: 8080, protocol: TCP, targetPort: 8080}]
                        """))).isEmpty();
    }

    @Test
    void changedFieldIsNamedByItsPath() {
        assertThat(Drift.between(
                        service("spec: {ports: [{name: http, port: 8080, targetPort: http}]}"),
                        service("spec: {ports: [{name: http, port: 8080, targetPort: 9090}]}")))
                .contains("spec.ports[http].targetPort");
    }

    @Test
    void movedPortIsDriftThoughItsNameIsStillThere() {
        assertThat(Drift.between(
                        service("spec: {ports: [{name: http, port: 8080}]}"),
                        service("spec: {ports: [{name: http, port: 9090}]}")))
                .contains("spec.ports[http]");
    }

    @Test
    void removedFieldIsDrift() {
        assertThat(Drift.between(service("spec: {selector: {app: kv}}"), service("spec: {type: ClusterIP}")))
                .contains("spec.selector.app");
    }

    @Test
    void otherSpellingsOfAQuantityAreNoDrift() {
        assertThat(Drift.between(
                        resources("{requests: {cpu: '0.5', memory: 1024Mi}}"),
                        resources("{requests: {cpu: 500m, memory: 1Gi}}")))
                .isEmpty();
        assertThat(Drift.between(resources("{requests: {cpu: '0.5'}}"), resources("{requests: {cpu: 501m}}")))
                .contains("spec.template.spec.containers[kv-node].resources.requests.cpu");
    }

    @Test
    void listsThatTheServerTakesAsOneValueAreComparedWhole() {
        assertThat(Drift.between(
                        service("spec: {externalIPs: [10.0.0.1]}"),
                        service("spec: {externalIPs: [10.0.0.1, 10.0.0.2]}")))
                .contains("spec.externalIPs");
    }

    @Test
    void keyAddedToASelectorIsDrift() {
        assertThat(Drift.between(
                        service("spec: {selector: {app: kv}}"), service("spec: {selector: {app: kv, tier: gold}}")))
                .contains("spec.selector.tier");
        assertThat(Drift.between(
                        policy("spec: {podSelector: {matchLabels: {app: kv}}}"),
                        policy("spec: {podSelector: {matchLabels: {app: kv, tier: gold}}}")))
                .contains("spec.podSelector.matchLabels.tier");
    }

    @Test
    void expressionAddedToASelectorIsDrift() {
        assertThat(Drift.between(
                        policy("spec: {podSelector: {matchLabels: {app: kv}}}"),
                        policy("spec: {podSelector: {matchLabels: {app: kv},"
                                + " matchExpressions: [{key: tier, operator: Exists}]}}")))
                .contains("spec.podSelector.matchExpressions");
    }

    @Test
    void whateverIsAddedInsideAListThatIsOneValueIsDrift() {
        assertThat(Drift.between(
                        policy("spec: {ingress: [{ports: [{port: 7600}]}]}"),
                        policy("spec: {ingress: [{ports: [{port: 7600, endPort: 9600}]}]}")))
                .contains("spec.ingress[0].ports[0].endPort");
        assertThat(Drift.between(
                        policy("spec: {ingress: [{from: [{podSelector: {matchLabels: {app: kv}}}]}]}"),
                        policy("spec: {ingress: [{from: [{podSelector: {matchLabels: {app: kv}},"
                                + " namespaceSelector: {matchLabels: {team: other}}}]}]}")))
                .contains("spec.ingress[0].from[0].namespaceSelector");
    }

    @Test
    void hostLabelAddedToAPodTemplateIsDrift() {
        assertThat(Drift.between(template("nodeSelector: {zone: a}"), template("nodeSelector: {zone: a, disk: ssd}")))
                .contains("spec.template.spec.nodeSelector.disk");
    }

    @Test
    void keyAddedWhereTheServerMergesKeysIsNoDrift() {
        assertThat(Drift.between(
                        service("metadata: {labels: {app: kv}}"),
                        service("metadata: {labels: {app: kv, team: shop}, annotations: {someone: else}}")))
                .isEmpty();
        assertThat(Drift.between(
                        template("containers: [{name: kv-node, env: [{name: A, value: a}]}]"),
                        template("containers: [{name: sidecar},"
                                + " {name: kv-node, env: [{name: B, value: b}, {name: A, value: a}]}]")))
                .isEmpty();
    }

    @Test
    void itemsAreFoundByTheKeysOfTheServerAndNotByTheirNames() {
        assertThat(Drift.between(
                        template("containers: [{name: kv-node, volumeMounts: [{name: data, mountPath: /data}]}]"),
                        template("containers: [{name: kv-node, volumeMounts:"
                                + " [{name: data, mountPath: /other}, {name: data, mountPath: /data}]}]")))
                .isEmpty();
        assertThat(Drift.between(
                        template("containers: [{name: kv-node, volumeMounts: [{name: data, mountPath: /data}]}]"),
                        template("containers: [{name: kv-node, volumeMounts: [{name: data, mountPath: /other}]}]")))
                .contains("spec.template.spec.containers[kv-node].volumeMounts[data]");
    }

    @Test
    void claimTemplateMayCarryWhatTheServerAdds() {
        assertThat(Drift.between(
                        set("{volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce]}}]}"),
                        set("{volumeClaimTemplates: [{metadata: {name: data}, status: {phase: Pending},"
                                + " spec: {accessModes: [ReadWriteOnce], volumeMode: Filesystem}}]}")))
                .isEmpty();
    }

    private static Service service(String rest) {
        return Serialization.unmarshal("apiVersion: v1\nkind: Service\n" + rest, Service.class);
    }

    private static NetworkPolicy policy(String rest) {
        return Serialization.unmarshal(
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n" + rest, NetworkPolicy.class);
    }

    private static StatefulSet resources(String resources) {
        return template("containers: [{name: kv-node, resources: " + resources + "}]");
    }

    private static StatefulSet template(String podSpec) {
        return set("{template: {spec: {" + podSpec + "}}}");
    }

    private static StatefulSet set(String spec) {
        return Serialization.unmarshal("apiVersion: apps/v1\nkind: StatefulSet\nspec: " + spec, StatefulSet.class);
    }
}
