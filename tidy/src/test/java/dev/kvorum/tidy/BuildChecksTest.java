package dev.kvorum.tidy;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static final SortedMap<String, String> VIOLATIONS = new TreeMap<>();

    static {
        VIOLATIONS.put("clean", """
                class Planted {
                    int one() {
                        return 1;
                    }
                }
                """);
        VIOLATIONS.put("formatter", """
                class Planted {
                  int one( ) { return 1; }
                }
                """);
        VIOLATIONS.put("lint", """
                class Planted {
                    java.util.List one(java.util.List raw) {
                        return raw;
                    }
                }
                """);
        VIOLATIONS.put("errorprone", """
                class Planted {
                    boolean one(Integer left, Integer right) {
                        return left == right;
                    }
                }
                """);
        VIOLATIONS.put("nullaway", """
                class Planted {
                    Object one() {
                        return null;
                    }
                }
                """);
        VIOLATIONS.put("clock", """
                class Planted {
                    long one() {
                        return System.nanoTime();
                    }
                }
                """);
        VIOLATIONS.put("hashorder", """
                class Planted {
                    java.util.Set<String> one() {
                        return java.util.Set.of("a", "b");
                    }
                }
                """);
        VIOLATIONS.put("thread", """
                class Planted {
                    Thread one() {
                        return new Thread();
                    }
                }
                """);
        VIOLATIONS.put("luck", """
                class Planted {
                    int one() {
                        return new java.util.Random().nextInt();
                    }
                }
                """);
        VIOLATIONS.put("locale", """
                class Planted {
                    String one() {
                        return "%d".formatted(1);
                    }
                }
                """);
    }

    @TempDir
    private static Path directory;

    private static PlantedBuild build;

    @BeforeAll
    static void buildThePlantedModules() throws IOException, InterruptedException {
        build = PlantedBuild.of(directory, VIOLATIONS);
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
    void forbiddenApisFiresWithTheWayOut() {
        assertThat(build.logOf("clock")).contains("take nowMs as an input");
        assertThat(build.logOf("hashorder")).contains("use a TreeSet");
        assertThat(build.logOf("thread")).contains("emit an effect");
        assertThat(build.logOf("luck")).contains("seeded");
        assertThat(build.logOf("locale")).contains("Uses default locale");
        for (String module : new String[] {"clock", "hashorder", "thread", "luck", "locale"}) {
            assertThat(build.failureOf(module)).contains("forbiddenapis");
        }
    }

    @Test
    void simIsHeldToTheSameList() {
        assertThat(Tree.ofThisCheckout().files())
                .filteredOn(file -> file.path().equals("kv-node/sim/pom.xml"))
                .allSatisfy(pom -> assertThat(pom.text()).contains("<artifactId>forbiddenapis</artifactId>"));
    }
}
