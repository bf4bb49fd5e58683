package dev.kvorum.local.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandLineTest {

    @Test
    void commandLinesAreUnderstood() throws MisuseException {
        assertThat(CommandLine.parse(List.of("up"))).isEqualTo(new Command.Up());
        assertThat(CommandLine.parse(List.of("down", "--purge"))).isEqualTo(new Command.Down(Command.Volumes.PURGE));
        assertThat(CommandLine.parse(List.of("status", "--output", "json")))
                .isEqualTo(new Command.Status(Command.Output.JSON));
        assertThat(CommandLine.parse(List.of("ring"))).isEqualTo(new Command.Ring(Command.Output.TABLE));
        assertThat(CommandLine.parse(List.of("members", "-o", "json")))
                .isEqualTo(new Command.Members(Command.Output.JSON));
        assertThat(CommandLine.parse(List.of("recover"))).isEqualTo(new Command.Recover(Command.Consent.ASKED));
        assertThat(CommandLine.parse(List.of("recover", "--yes")))
                .isEqualTo(new Command.Recover(Command.Consent.GIVEN));
        assertThat(CommandLine.parse(List.of("logs", "operator"))).isEqualTo(new Command.Logs("operator"));
        assertThat(CommandLine.parse(List.of("put", "a", "b"))).isEqualTo(new Command.Put("a", "b"));
    }

    @Test
    void misuseSaysWhatIsExpected() {
        assertThatThrownBy(() -> CommandLine.parse(List.of("down", "--all")))
                .hasMessage("usage: ./kvorum down [--purge]");
        assertThatThrownBy(() -> CommandLine.parse(List.of("ring", "demo")))
                .hasMessage("usage: ./kvorum ring [--output json]");
        assertThatThrownBy(() -> CommandLine.parse(List.of("put", "a"))).hasMessage("usage: ./kvorum put KEY VALUE");
        assertThatThrownBy(() -> CommandLine.parse(List.of("fly"))).hasMessage("no command is named 'fly'");
        assertThat(Launcher.run("status", "--output", "xml")).isEqualTo(2);
    }
}
