package dev.kvorum.server.resp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.server.door.FakeNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private static final Path PAGE = Path.of("../../docs/reference/resp.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z]+)");

    @Test
    void theReferencePageNamesEveryCommandAndNoOther() throws IOException {
        Set<String> onThePage = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher name = NAME.matcher(line.startsWith("| ") ? line.replaceAll("\\(`[^)]*`\\)", "") : "");
            while (name.find()) {
                onThePage.add(name.group(1).toLowerCase(Locale.ROOT));
            }
        }
        Set<String> inTheTable =
                table().all().stream().map(Command::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(onThePage).isEqualTo(inTheTable);
    }

    @Test
    void namesAreFoundInAnyCaseAndNothingElseIs() {
        CommandTable table = table();
        for (Command command : table.all()) {
            assertThat(table.find(command.name())).isSameAs(command);
            byte[] shouted = (" " + command.name().toUpperCase(Locale.ROOT)).getBytes(StandardCharsets.US_ASCII);
            assertThat(table.find(shouted, 1, shouted.length - 1)).isSameAs(command);
            assertThat(table.find(command.name() + "x")).isNull();
        }
        assertThat(table.find("")).isNull();
        assertThat(table.find("Ge\u0014")).isNull();
    }

    private static CommandTable table() {
        Vertx vertx = Vertx.vertx();
        try {
            return new Commands(new FakeNode(), new HostNames(vertx)).table();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
