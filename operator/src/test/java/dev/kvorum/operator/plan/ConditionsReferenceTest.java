package dev.kvorum.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConditionsReferenceTest {

    private static final Path PAGE = Path.of("../docs/reference/conditions.md");

    @Test
    void pageNamesEveryConditionAndEveryReasonWithItsMeaning() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(Arrays.stream(ConditionType.values()).map(type -> "`" + type.word() + "`"))
                .allMatch(page::contains);
        assertThat(page).endsWith(reasons());
    }

    private static String reasons() {
        return Arrays.stream(Reason.values())
                .map(reason -> "| `" + reason.word() + "` | " + reason.meaning() + " |\n")
                .collect(Collectors.joining("", "| reason | |\n|---|---|\n", ""));
    }
}
