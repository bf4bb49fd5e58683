package dev.kvorum.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {

    @TempDir
    private @Nullable Path directory;

    @Test
    void withoutAWordEverythingHasItsDefault() {
        ServerConfig config = ServerConfig.load(null, Map.of("HOSTNAME", "box", "PATH", "/bin"));
        assertThat(config.node())
                .isEqualTo(new NodeConfig("box", "default", Path.of("/var/lib/kvorum"), "0.0.0.0", "box", 0, 10_000));
        assertThat(config.ports()).isEqualTo(new PortConfig(8080, 6379, 7600, 7601, 9600));
        assertThat(config.doors().requestTimeoutMs()).isEqualTo(2_000);
        assertThat(config.admin().adminTokenFile()).isNull();
        assertThat(config.store()).isEqualTo(Memory.ofThisProcess().shareOut(new StoreConfig(0, 0)));
    }

    @Test
    void theFileIsReadAndVariablesOverrideIt() {
        Path file = file("name: demo-0\nrespPort: 7000\nzone: 12\nadminTokenFile: /t/token\n");
        ServerConfig config = ServerConfig.load(file, Map.of("KVORUM_RESP_PORT", " 7001 ", "KVORUM_CONFIG", "x"));
        assertThat(config.node().name()).isEqualTo("demo-0");
        assertThat(config.node().zone()).isEqualTo("12");
        assertThat(config.ports().respPort()).isEqualTo(7001);
        assertThat(config.admin().adminTokenFile()).isEqualTo(Path.of("/t/token"));
    }

    @Test
    void aNodeThatListensOnOneAddressAdvertisesIt() {
        Map<String, String> bound = Map.of("HOSTNAME", "box", "KVORUM_BIND_HOST", "127.1.2.3");
        assertThat(ServerConfig.load(null, bound).node().advertiseHost()).isEqualTo("127.1.2.3");
    }

    @Test
    void anEmptyFileIsTheDefaults() {
        assertThat(ServerConfig.load(file("# nothing\n"), Map.of()).ports().httpPort())
                .isEqualTo(8080);
    }

    @Test
    void anUnknownKeyIsNamedWithItsFileAndTheOneItResembles() {
        Path file = file("respProt: 7000\n");
        assertRefused(
                file,
                Map.of(),
                "respProt in " + file + " is no setting of a node; did you mean respPort (KVORUM_RESP_PORT)?");
    }

    @Test
    void anUnknownVariableIsNamed() {
        assertRefused(
                null,
                Map.of("KVORUM_HTTP_PROT", "1"),
                "HTTPPROT in the variable KVORUM_HTTP_PROT is no setting of a node; "
                        + "did you mean httpPort (KVORUM_HTTP_PORT)?");
        assertRefused(
                null,
                Map.of("KVORUM_COLOUR", "red"),
                "COLOUR in the variable KVORUM_COLOUR is no setting of a node; "
                        + "docs/reference/configuration.md lists all of them");
    }

    @Test
    void aValueOutOfRangeIsNamedWithWhatIsAllowed() {
        Path file = file("respPort: 70000\n");
        assertRefused(file, Map.of(), "respPort is \"70000\" in " + file + "; use a whole number from 1 to 65535");
        assertRefused(
                null,
                Map.of("KVORUM_REQUEST_TIMEOUT_MS", "soon"),
                "requestTimeoutMs is \"soon\" in the variable KVORUM_REQUEST_TIMEOUT_MS; use a whole "
                        + "number from 1 to 600000 (ms)");
        assertRefused(
                null,
                Map.of("KVORUM_REQUEST_TIMEOUT_MS", "99999999999999999999"),
                "requestTimeoutMs is \"99999999999999999999\" in the variable KVORUM_REQUEST_TIMEOUT_MS; "
                        + "use a whole number from 1 to 600000 (ms)");
    }

    @Test
    void anEmptyValueIsRefused() {
        assertRefused(
                null,
                Map.of("KVORUM_ZONE", " "),
                "zone is empty in the variable KVORUM_ZONE; give it a value or leave it out");
    }

    @Test
    void twoDoorsOnOnePortAreRefused() {
        assertRefused(
                null,
                Map.of("KVORUM_ADMIN_PORT", "8080"),
                "adminPort is 8080, which is also httpPort; give each door its own port");
    }

    @Test
    void aFileThatIsNoListOfSettingsIsRefusedWithItsLine() {
        Path list = file("- a\n- b\n");
        assertRefused(list, Map.of(), list + " holds no settings; write lines of the form \"key: value\"");
        Path nested = file("zone: [a, b]\n");
        assertRefused(nested, Map.of(), "zone is \"[a, b]\" in " + nested + "; use a plain value, not a list or a map");
        Path broken = file("zone: a\nname: \"b\n");
        assertThatThrownBy(() -> ServerConfig.load(broken, Map.of()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageStartingWith(broken + " line ")
                .hasMessageContaining("is no YAML: ");
        Path twice = file("zone: a\nzone: b\n");
        assertThatThrownBy(() -> ServerConfig.load(twice, Map.of()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("duplicate key zone");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ServerConfig.load(Path.of("no-such.yaml"), Map.of()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageStartingWith("no-such.yaml cannot be read");
    }

    @Test
    void theServiceLinksOfKubernetesAreNoSettings() {
        Map<String, String> links = Map.of(
                "KVORUM_OPERATOR_SERVICE_HOST", "10.0.0.1",
                "KVORUM_OPERATOR_SERVICE_PORT", "80",
                "KVORUM_OPERATOR_SERVICE_PORT_HTTP", "80",
                "KVORUM_OPERATOR_PORT", "tcp://10.0.0.1:80",
                "KVORUM_OPERATOR_PORT_80_TCP_ADDR", "10.0.0.1");
        assertThat(ServerConfig.load(null, links).ports().httpPort()).isEqualTo(8080);
        assertThatThrownBy(() -> ServerConfig.load(null, Map.of("KVORUM_OPERATOR_PORT", "80")))
                .isInstanceOf(InvalidConfiguration.class);
    }

    @Test
    void loopsFollowTheFormulaUnlessSet() {
        NodeConfig node = ServerConfig.load(null, Map.of()).node();
        assertThat(node.loopsFor(1)).isEqualTo(1);
        assertThat(node.loopsFor(3)).isEqualTo(1);
        assertThat(node.loopsFor(4)).isEqualTo(3);
        assertThat(node.loopsFor(64)).isEqualTo(8);
        assertThat(ServerConfig.load(null, Map.of("KVORUM_LOOPS", "5")).node().loopsFor(2))
                .isEqualTo(5);
    }

    private static void assertRefused(@Nullable Path file, Map<String, String> variables, String sentence) {
        assertThatThrownBy(() -> ServerConfig.load(file, variables))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage(sentence);
    }

    private Path file(String text) {
        try {
            return Files.writeString(Files.createTempFile(directory, "kv-node", ".yaml"), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
