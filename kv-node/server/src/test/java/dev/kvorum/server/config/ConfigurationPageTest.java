package dev.kvorum.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    private static final Path PAGE = Path.of("../../docs/reference/configuration.md");

    @Test
    void thePageSaysWhatTheRecordsSay() throws IOException {
        String text = ConfigurationPage.text();
        if (Boolean.getBoolean("kvorum.write")) {
            Files.writeString(PAGE, text);
        }
        assertThat(PAGE)
                .as("write it with: mvn -pl kv-node/server test -Dtest=ConfigurationPageTest "
                        + "-Dkvorum.test.jvm=-Dkvorum.write=true")
                .hasContent(text);
    }

    @Test
    void everySettingSaysWhatAnotherValueCosts() {
        SettingTable.of(ServerConfig.COMPONENTS)
                .entries()
                .forEach(entry -> assertThat(ConfigurationPage.text())
                        .contains("### " + entry.key() + "\n\n`" + entry.variable()));
    }
}
