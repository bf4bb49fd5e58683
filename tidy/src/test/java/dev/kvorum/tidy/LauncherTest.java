package dev.kvorum.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of this checkout, with a Maven and a JDK that only write down what they were asked. */
class LauncherTest {

    private static final String POM = """
            <project>
              <version>9.9</version>
              <modules>
                <module>kv-node/core</module>
                <module>kv-node/sim</module>
              </modules>
            </project>
            """;

    @TempDir
    private Path directory;

    private Path checkout;

    private record Outcome(int code, String said) {}

    @BeforeEach
    void makeACheckoutWithSpacesInItsPath() throws IOException {
        checkout = Files.createDirectories(directory.resolve("check out"));
        String launcher = Files.readString(Tree.root().resolve("kvorum"));
        script(checkout.resolve("kvorum"), launcher.replace("/usr/lib/jvm", directory + "/jvm"));
        Files.writeString(checkout.resolve("pom.xml"), POM);
        for (String module : List.of("core", "sim")) {
            Files.createDirectories(checkout.resolve("kv-node/" + module + "/src/main"));
            Files.createDirectories(checkout.resolve("kv-node/" + module + "/target/classes"));
            Files.writeString(checkout.resolve("kv-node/" + module + "/pom.xml"), "<project/>");
        }
        script(directory.resolve("jdk/bin/javac"), "#!/bin/sh\necho javac 25.0.1\n");
        script(directory.resolve("jdk/bin/java"), "#!/bin/sh\necho \"java $*\"\nexit ${JAVA_CODE:-0}\n");
        maven("3.9.9");
    }

    @Test
    void anUnknownCommandIsMisuseAndShowsTheUsage() throws Exception {
        Outcome outcome = run("frobnicate");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.said()).contains("no command is named 'frobnicate'").contains("Usage:");
    }

    @Test
    void noCommandIsMisuse() throws Exception {
        assertThat(run().code()).isEqualTo(2);
    }

    @Test
    void helpNamesEveryCommand() throws Exception {
        Outcome outcome = run("help");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.said())
                .contains(
                        "up", "down", "status", "logs", "kubectl", "get", "put", "del", "test", "e2e", "sim", "bench");
    }

    @Test
    void whatIsStaleIsBuiltOnceAndThenRun() throws Exception {
        assertThat(run("sim", "--seed", "42").said())
                .contains("Building kv-node/core,kv-node/sim")
                .contains("kv-node/sim/target/kvorum-sim-9.9.jar --seed 42");
        assertThat(run("sim").said()).doesNotContain("Building").contains("kvorum-sim-9.9.jar");
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void aChangedFileOfAnyPartMakesItStale() throws Exception {
        run("sim");
        Path changed = Files.writeString(checkout.resolve("kv-node/core/src/main/Ring.java"), "class Ring {}");
        Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run("sim").said()).contains("Building");
    }

    @Test
    void aCleanedPartMakesItStale() throws Exception {
        run("sim");
        Files.delete(checkout.resolve("kv-node/core/target/classes"));
        assertThat(run("sim").said()).contains("Building");
    }

    @Test
    void aFailedBuildShowsItsErrorsAndIsNotTakenForDone() throws Exception {
        script(directory.resolve("bin/mvn"), """
                #!/bin/sh
                [ "$1" != -v ] || { echo 'Apache Maven 3.9.9'; exit 0; }
                echo '[ERROR] Ring.java:[1,2] cannot find symbol'
                exit 1
                """);
        Outcome outcome = run("sim");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.said()).contains("cannot find symbol").contains("the build failed");
        assertThat(run("sim").code()).isEqualTo(1);
    }

    @Test
    void theExitCodeIsTheProgramsOwn() throws Exception {
        script(directory.resolve("jdk/bin/java"), "#!/bin/sh\nexit 7\n");
        assertThat(run("sim").code()).isEqualTo(7);
    }

    @Test
    void aMissingJdkIsSaidInOneSentence() throws Exception {
        script(directory.resolve("jdk/bin/javac"), "#!/bin/sh\necho javac 17.0.2\n");
        script(directory.resolve("bin/javac"), "#!/bin/sh\necho javac 17.0.2\n");
        Outcome outcome = run("sim");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.said().lines()).singleElement().asString().startsWith("kvorum: JDK 25 is missing: install");
    }

    @Test
    void aJdkInTheUsualPlaceIsFound() throws Exception {
        Files.createDirectories(directory.resolve("jvm"));
        Files.move(directory.resolve("jdk"), directory.resolve("jvm/temurin-25-jdk"));
        assertThat(run("sim").said()).contains("kvorum-sim-9.9.jar");
    }

    @Test
    void anOldMavenIsSaidInOneSentence() throws Exception {
        maven("3.6.3");
        Outcome outcome = run("sim");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.said()).contains("Maven 3.8 or newer is needed and mvn is 3.6.3: install Maven");
    }

    @Test
    void aModuleThatIsNotThereIsSaidInOneSentence() throws Exception {
        Outcome outcome = run("bench");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.said()).contains("no module benchmarks yet");
    }

    @Test
    void testRunsEverythingThroughVerify() throws Exception {
        assertThat(run("test").said()).contains("all passed");
        assertThat(mavenCalls().getLast()).endsWith("verify");
    }

    @Test
    void testOfOneClassRunsItInItsModule() throws Exception {
        Path tests = Files.createDirectories(checkout.resolve("kv-node/core/src/test/java/dev"));
        Files.writeString(tests.resolve("RingTest.java"), "class RingTest {}");
        run("test", "RingTest#ownersDiffer");
        assertThat(mavenCalls().getLast()).contains("-pl kv-node/core -am -Dtest=RingTest#ownersDiffer");
    }

    @Test
    void aTestThatDoesNotExistIsMisuse() throws Exception {
        Outcome outcome = run("test", "NoSuchTest");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.said()).contains("no test class is named NoSuchTest");
    }

    @Test
    void aFailedTestEndsWithTheLineThatRunsItAgain() throws Exception {
        script(directory.resolve("bin/mvn"), """
                #!/bin/sh
                [ "$1" != -v ] || { echo 'Apache Maven 3.9.9'; exit 0; }
                mkdir -p kv-node/core/target/surefire-reports
                cat >kv-node/core/target/surefire-reports/TEST-dev.RingTest.xml <<'END'
                <testcase name="ownersDiffer(int)[3]" classname="dev.kvorum.RingTest" time="0.1">
                  <failure message="no">no</failure>
                </testcase>
                <testcase name="passes" classname="dev.kvorum.RingTest" time="0.1"/>
                END
                exit 1
                """);
        Outcome outcome = run("test");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.said().lines().filter(line -> line.contains("again:")))
                .containsExactly("  again: ./kvorum test RingTest#ownersDiffer");
    }

    private void maven(String version) throws IOException {
        script(directory.resolve("bin/mvn"), """
                #!/bin/sh
                [ "$1" != -v ] || { echo 'Apache Maven %s'; exit 0; }
                echo "$*" >>'%s/maven-calls'
                """.formatted(version, directory));
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(directory.resolve("maven-calls"));
    }

    private Outcome run(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("kvorum").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder launcher =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        launcher.environment().put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
        launcher.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        Process process = launcher.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), said);
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
