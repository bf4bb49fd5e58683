package dev.kvorum.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.tidy.PlantedBuild.Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each check that runs inside Maven fires: modules with one violation each are built with the root POM and core's POM
 * of this checkout. Switching a check off there fails its test here.
 */
class BuildChecksTest {

    private static final String CLEAN = "int one() {\n        return 1;\n    }";
    private static final SortedMap<String, Module> PLANTED = new TreeMap<>();

    static {
        plant("clean", CLEAN);
        plant("formatter", "int one( ) { return 1; }");
        plant("lint", "java.util.List one(java.util.List raw) {\n        return raw;\n    }");
        plant("errorprone", "boolean one(Integer left, Integer right) {\n        return left == right;\n    }");
        plant("nullaway", "Object one() {\n        return null;\n    }");
        plant("forbidden", """
                long clock() {
                        return System.nanoTime();
                    }

                    int luck() {
                        return new java.util.Random().nextInt();
                    }

                    Thread thread() {
                        return new Thread();
                    }

                    java.util.Set<String> hashOrder() {
                        return java.util.Set.of("a", "b");
                    }

                    void hashLoop() {
                        new java.util.HashMap<String, String>().keySet().clear();
                    }

                    String locale() {
                        return "%d".formatted(1);
                    }\
                """);
        PLANTED.put("duplicate", new Module(classWith(CLEAN), BuildChecksTest::repeatTheFirstDependency));
    }

    @TempDir
    private static Path directory;

    private static PlantedBuild build;

    @BeforeAll
    static void buildThePlantedModules() throws IOException, InterruptedException {
        build = PlantedBuild.of(directory, PLANTED);
    }

    @Test
    void aCleanModulePasses() {
        assertThat(build.succeeded("clean")).as(build.output()).isTrue();
    }

    @Test
    void theFormatterFires() {
        assertThat(build.failureOf("formatter")).contains("spotless").contains("format violations");
    }

    @Test
    void compilerWarningsAreErrors() {
        assertThat(build.failureOf("lint")).contains("warnings found and -Werror specified");
        assertThat(build.logOf("lint")).contains("[rawtypes]");
    }

    @Test
    void errorProneFires() {
        assertThat(build.failureOf("errorprone")).isNotEmpty();
        assertThat(build.logOf("errorprone")).contains("[BoxedPrimitiveEquality]");
    }

    @Test
    void nullAwayFires() {
        assertThat(build.logOf("nullaway")).contains("[NullAway]");
        assertThat(build.failureOf("nullaway")).isNotEmpty();
    }

    @Test
    void theEnforcerFires() {
        assertThat(build.failureOf("duplicate")).contains("maven-enforcer-plugin");
        assertThat(build.output()).contains("duplicate dependency declaration");
    }

    @Test
    void forbiddenApisFiresWithTheWayOut() {
        assertThat(build.failureOf("forbidden")).contains("forbiddenapis");
        assertThat(build.logOf("forbidden"))
                .contains("take nowMs as an input")
                .contains("take a seeded")
                .contains("emit an effect")
                .contains("use a TreeSet")
                .contains("iterates a hash table")
                .contains("Uses default locale");
    }

    @Test
    void simIsHeldToTheSameList() {
        assertThat(Tree.ofThisCheckout().files())
                .filteredOn(file -> file.path().equals("kv-node/sim/pom.xml"))
                .allSatisfy(pom -> assertThat(pom.text()).contains("<artifactId>forbiddenapis</artifactId>"));
    }

    private static void plant(String name, String member) {
        PLANTED.put(name, Module.with(classWith(member)));
    }

    private static String classWith(String member) {
        return "class Planted {\n    " + member + "\n}\n";
    }

    private static String repeatTheFirstDependency(String pom) {
        return pom.replaceFirst("(?s)(<dependency>.*?</dependency>)", "$1$1");
    }
}
