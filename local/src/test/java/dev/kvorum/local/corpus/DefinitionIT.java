package dev.kvorum.local.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.local.api.ApiServer;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.kubelet.Programs;
import dev.kvorum.local.launch.StandIn;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What servers make of the definition beside its rules: the stand-in always, a real API server where {@code
 * KVORUM_E2E_KUBECONFIG} names one.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DefinitionIT {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();

    record Server(String name, Conversation conversation) {

        @Override
        public String toString() {
            return name;
        }
    }

    DefinitionIT(@TempDir Path state) throws IOException, InterruptedException {
        ApiServer server = new ApiServer(0);
        String url = server.url();
        toClose.add(StandIn.start(server, state, new Programs(Map.of())));
        servers.add(new Server("the stand-in", new Conversation(url)));
        if (System.getenv(RealServer.KUBECONFIG) != null) {
            RealServer real = new RealServer();
            toClose.add(real);
            servers.add(new Server("a real server", new Conversation(real.url())));
        }
    }

    List<Server> servers() {
        return servers;
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatIsLeftOutIsFilledInAsTheOperatorReadsIt(Server server) {
        Case good = Corpus.parse("spec.paused = false");
        JsonNode read =
                JSON.convertValue(JSON.convertValue(good.before().path("spec"), KVClusterSpec.class), JsonNode.class);

        assertThat(server.conversation().asWouldBeCreated(good).path("spec")).isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void nothingOfAnAffinityIsRemoved(Server server) {
        Case near = Corpus.parse("spec.pod.affinity = {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution:"
                + " [{weight: 1, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {app: shop}}}}]}}");

        assertThat(server.conversation().asWouldBeCreated(near).at("/spec/pod/affinity"))
                .isEqualTo(near.before().at("/spec/pod/affinity"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void tablesHaveTheColumnsOfTheDefinition(Server server) {
        JsonNode table = server.conversation().table();

        assertThat(StreamSupport.stream(table.path("columnDefinitions").spliterator(), false)
                        .map(column -> Json.text(column, "name")))
                .containsExactly("Name", "Ready", "Nodes", "Zones", "Epoch", "Moving", "Version", "Age");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void scaleShowsTheSizeAndIsHeldToTheRules(Server server) {
        Case cluster = Corpus.parse("status = {replicas: 3, selector: kvorum.dev/cluster=demo}");
        server.conversation().whileThere(cluster, conversation -> {
            JsonNode scale = conversation.scale(6);
            assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(6);
            assertThat(scale.at("/status/replicas").asInt()).isEqualTo(3);
            assertThat(scale.at("/status/selector").asText()).isEqualTo("kvorum.dev/cluster=demo");
            assertThat(conversation.scale(2).path("message").asText())
                    .contains("spec.replicas is 2, fewer than spec.replication.factor 3; set replicas to at least 3");
        });
    }
}
