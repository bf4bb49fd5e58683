package dev.kvorum.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.tidy.TreeFile.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For each rule a planted violation that it must find, and beside it what it must let pass. */
class RulesTest {

    private static final String MAIN = "a/src/main/java/dev/kvorum/a/";
    private static final String TEST = "a/src/test/java/dev/kvorum/a/";

    @Test
    void emptyWordsInTypeNamesAreFound() {
        assertThat(typesNamed("NodeImpl", "AbstractNode", "BaseNode", "NodeHelper", "NodeUtils", "RingManager"))
                .hasSize(6);
        assertThat(typesNamed("NodeInfo", "DataNode", "InfoNode", "NodeData")).hasSize(4);
    }

    @Test
    void wordsThatOnlyContainAnEmptyWordPass() {
        assertThat(typesNamed(
                        "Database", "Baseline", "Information", "MetadataGroup", "Utilization", "NodeDataDirectory"))
                .isEmpty();
    }

    @Test
    void nestedTypesAreLookedAtToo() {
        Tree tree =
                Tree.of(TreeFile.of(MAIN + "Ring.java", "package dev.kvorum.a; class Ring { record ShardInfo() {} }"));
        assertThat(NameRules.types(tree))
                .singleElement()
                .hasToString(NameRules.types(tree).getFirst().toString());
        assertThat(NameRules.types(tree).getFirst().message()).startsWith("ShardInfo");
    }

    @Test
    void packagesNamedAfterNothingAreFound() {
        assertThat(NameRules.packages(packaged("dev.kvorum.util"))).hasSize(1);
        assertThat(NameRules.packages(packaged("dev.kvorum.node.impl.rocks"))).hasSize(1);
        assertThat(NameRules.packages(packaged("dev.kvorum.utilization"))).isEmpty();
    }

    @Test
    void aPackageWithoutPackageInfoIsFound() {
        Tree tree = Tree.of(TreeFile.of(MAIN + "Ring.java", "package dev.kvorum.a; class Ring {}"));
        assertThat(PackageInfoRule.check(tree)).hasSize(1);
    }

    @Test
    void aPackageInfoThatIsNotNullMarkedOrSaysNothingIsFound() {
        assertThat(PackageInfoRule.check(withPackageInfo("/** Rings. */ package dev.kvorum.a;")))
                .hasSize(1);
        assertThat(PackageInfoRule.check(withPackageInfo("@NullMarked package dev.kvorum.a;")))
                .hasSize(1);
        assertThat(PackageInfoRule.check(withPackageInfo("/** Rings. */ @NullMarked package dev.kvorum.a;")))
                .isEmpty();
    }

    @Test
    void onePackageInfoServesMainAndTests() {
        Tree tree = Tree.of(
                TreeFile.of(MAIN + "package-info.java", "/** Rings. */ @NullMarked package dev.kvorum.a;"),
                TreeFile.of(TEST + "RingTest.java", "package dev.kvorum.a; class RingTest {}"));
        assertThat(PackageInfoRule.check(tree)).isEmpty();
    }

    @Test
    void publicTypesWithoutJavadocAreFound() {
        assertThat(JavaRules.documented(main("public record Ring() {}"))).hasSize(1);
        assertThat(JavaRules.documented(main("// Not Javadoc.\npublic record Ring() {}")))
                .hasSize(1);
        assertThat(JavaRules.documented(main("/** Who holds what. */ public record Ring() {}")))
                .isEmpty();
        assertThat(JavaRules.documented(main("record Ring() {}"))).isEmpty();
    }

    @Test
    void testsThatNobodyRunsAreFound() {
        String text = "class A {\n    @Test\n    void holds() {}\n}";
        assertThat(JavaRules.found(Tree.of(TreeFile.of(TEST + "RingChecks.java", text))))
                .hasSize(1);
        assertThat(JavaRules.found(Tree.of(TreeFile.of(TEST + "RingTest.java", text))))
                .isEmpty();
        assertThat(JavaRules.found(Tree.of(TreeFile.of(TEST + "Ring.java", "class Ring {}"))))
                .isEmpty();
    }

    @Test
    void sleepingTestsAreFound() {
        String sleeping = "package dev.kvorum.a; class RingTest { void waits() throws Exception { %s; } }";
        assertThat(JavaRules.awake(test(sleeping.formatted("Thread.sleep(10)"))))
                .hasSize(1);
        assertThat(JavaRules.awake(test(sleeping.formatted("java.util.concurrent.TimeUnit.SECONDS.sleep(1)"))))
                .hasSize(1);
        assertThat(JavaRules.awake(test(sleeping.formatted("clock.advance(10)"))))
                .isEmpty();
    }

    @Test
    void floatingPointInTheCoreIsFound() {
        String path = "kv-node/core/src/main/java/dev/kvorum/core/ring/Load.java";
        assertThat(JavaRules.integers(Tree.of(TreeFile.of(path, "class Load { double share; }"))))
                .hasSize(1);
        assertThat(JavaRules.integers(Tree.of(TreeFile.of(path, "class Load { void f() { float x = 1; } }"))))
                .hasSize(1);
        assertThat(JavaRules.integers(Tree.of(TreeFile.of(path, "class Load { int perMille; }"))))
                .isEmpty();
    }

    @Test
    void registryHostsAreFound() {
        for (String host :
                List.of("repo1.ma" + "ven.org", "registry.np" + "mjs.org", "ghcr" + ".io/a/b", "py" + "pi.org")) {
            assertThat(TextRules.registryHosts(Tree.of(TreeFile.of("a.txt", "see " + host))))
                    .as(host)
                    .hasSize(1);
        }
        assertThat(TextRules.registryHosts(Tree.of(TreeFile.of("a.yaml", "topology.kubernetes.io/zone"))))
                .isEmpty();
    }

    @Test
    void pathsOfOneMachineAreFound() {
        for (String path : List.of("/wo" + "rk/main", "/ro" + "ot/.m2", "/tmp/" + "k/src", "/ho" + "me/ada/x")) {
            assertThat(TextRules.machinePaths(Tree.of(TreeFile.of("a.sh", "cd " + path))))
                    .as(path)
                    .hasSize(1);
        }
        assertThat(TextRules.machinePaths(Tree.of(TreeFile.of("a.sh", "cd target/work/x /var/lib/kvorum"))))
                .isEmpty();
    }

    @Test
    void onlyCiAndEndToEndTestsMayLookOutside() {
        String outside = "../sha" + "red/kube";
        assertThat(TextRules.neighbours(Tree.of(TreeFile.of("kvorum", outside))))
                .hasSize(1);
        assertThat(TextRules.neighbours(Tree.of(TreeFile.of(".ci/run", outside), TreeFile.of("e2e/a.sh", outside))))
                .isEmpty();
    }

    @Test
    void openEndsWithoutAnIssueAreFound() {
        assertThat(TextRules.openEnds(Tree.of(TreeFile.of("A.java", "// TO" + "DO later"))))
                .hasSize(1);
        assertThat(TextRules.openEnds(Tree.of(TreeFile.of("a.sh", "# FIX" + "ME"))))
                .hasSize(1);
        assertThat(TextRules.openEnds(Tree.of(TreeFile.of("A.java", "// TO" + "DO(#12): split"))))
                .isEmpty();
    }

    @Test
    void authorTagsAreFound() {
        assertThat(TextRules.authors(Tree.of(TreeFile.of("A.java", "/**\n * @auth" + "or Ada\n */"))))
                .hasSize(1);
    }

    @Test
    void linksToNowhereAreFound() {
        assertThat(links("[a](missing.md)")).hasSize(1);
        assertThat(links("[a](#no-such-heading)")).hasSize(1);
        assertThat(links("[a](../README.md#gone)")).hasSize(1);
        assertThat(links("[a](../README.md#the-tree) [b](#top) [c](https://example.org) [d](..)"))
                .isEmpty();
        assertThat(links("```\n[a](missing.md)\n```")).isEmpty();
    }

    @Test
    void leftoversAndEmptyFilesAreFound() {
        assertThat(DeadFileRule.check(Tree.of(TreeFile.of("a/Ring.java.orig", "x"))))
                .hasSize(1);
        assertThat(DeadFileRule.check(Tree.of(TreeFile.of("a/empty.txt", " \n"))))
                .hasSize(1);
    }

    @Test
    void pagesWithoutALinkToThemAreFound() {
        TreeFile page = TreeFile.of("docs/start.md", "# Start");
        assertThat(DeadFileRule.check(Tree.of(page))).hasSize(1);
        assertThat(DeadFileRule.check(Tree.of(page, TreeFile.of("README.md", "[start](docs/start.md)"))))
                .isEmpty();
    }

    @Test
    void resourcesThatNothingNamesAreFound() {
        TreeFile resource = TreeFile.of("a/src/test/resources/talk.txt", "ping");
        assertThat(DeadFileRule.check(Tree.of(resource))).hasSize(1);
        assertThat(DeadFileRule.check(Tree.of(TreeFile.of(MAIN + "resources/Ring.java", "class Ring {}"))))
                .isEmpty();
        assertThat(DeadFileRule.check(Tree.of(resource, TreeFile.of(TEST + "A.java", "read(\"talk.txt\")"))))
                .isEmpty();
    }

    @Test
    void typesThatNothingNamesAreFound() {
        TreeFile type = TreeFile.of(MAIN + "Ring.java", "class Ring {}");
        assertThat(DeadFileRule.deadTypes(Tree.of(type))).hasSize(1);
        assertThat(DeadFileRule.deadTypes(Tree.of(type, TreeFile.of(TEST + "A.java", "new Ring()"))))
                .isEmpty();
        assertThat(DeadFileRule.deadTypes(Tree.of(TreeFile.of(MAIN + "Ring.java", "@Singleton class Ring {}"))))
                .isEmpty();
    }

    @Test
    void scriptsThatCannotBeStartedAreFound() {
        assertThat(ScriptRule.executable(Tree.of(TreeFile.of("run", "#!/bin/sh\n"))))
                .hasSize(1);
        assertThat(ScriptRule.executable(Tree.of(new TreeFile("a.txt", "text", Mode.EXECUTABLE))))
                .hasSize(1);
        assertThat(ScriptRule.executable(Tree.of(new TreeFile("run", "#!/bin/sh\n", Mode.EXECUTABLE))))
                .isEmpty();
    }

    @Test
    void whatShellcheckSaysIsFound() {
        org.assertj.core.api.Assumptions.assumeThat(ScriptRule.shellcheckIsInstalled())
                .isTrue();
        assertThat(ScriptRule.shellcheck(Tree.of(TreeFile.of("run", "#!/bin/sh\necho $1\n"))))
                .isNotEmpty();
        assertThat(ScriptRule.shellcheck(Tree.of(TreeFile.of("run", "#!/bin/sh\necho \"$1\"\n"))))
                .isEmpty();
    }

    @Test
    void unwantedLibrariesAndLiteralVersionsAreFound() {
        String literal = "<dependency><artifactId>a</artifactId><version>1.2</version></dependency>";
        assertThat(PomRule.check(Tree.of(TreeFile.of("a/pom.xml", "<artifactId>mockito-core</artifactId>"))))
                .hasSize(1);
        assertThat(PomRule.versions(Tree.of(TreeFile.of("a/pom.xml", literal)))).hasSize(1);
        assertThat(PomRule.versions(Tree.of(TreeFile.of("a/pom.xml", literal.replace("1.2", "${a.version}")))))
                .isEmpty();
    }

    private static List<Finding> typesNamed(String... names) {
        String types = String.join(
                " ",
                List.of(names).stream().map(name -> "class " + name + " {}").toList());
        return NameRules.types(main(types));
    }

    private static Tree packaged(String name) {
        return Tree.of(TreeFile.of("a/src/main/java/A.java", "package " + name + "; class A {}"));
    }

    private static Tree withPackageInfo(String text) {
        return Tree.of(TreeFile.of(MAIN + "package-info.java", text));
    }

    private static Tree main(String types) {
        return Tree.of(TreeFile.of(MAIN + "Ring.java", "package dev.kvorum.a; " + types));
    }

    private static Tree test(String text) {
        return Tree.of(TreeFile.of(TEST + "RingTest.java", text));
    }

    private static List<Finding> links(String text) {
        return LinkRule.check(Tree.of(
                TreeFile.of("docs/start.md", "# Top\n\n" + text),
                TreeFile.of("README.md", "# Kvorum\n\n## The tree\n")));
    }
}
