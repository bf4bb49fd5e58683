package dev.kvorum.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RatchetTest {

    private static final String LONG_METHOD = "method-lines a/src/main/java/Ring.java#Ring.plan";

    @Test
    void whatIsAboveAMarkAndNotWrittenDownIsFound() {
        assertThat(Ratchet.parse("").check(measured(31)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).isEqualTo("is above the mark: 31 " + LONG_METHOD));
    }

    @Test
    void whatGrewIsFound() {
        assertThat(Ratchet.parse("30 " + LONG_METHOD).check(measured(31))).hasSize(1);
    }

    @Test
    void whatShrankMustBeWrittenDown() {
        assertThat(Ratchet.parse("30 " + LONG_METHOD).check(measured(29))).hasSize(1);
        assertThat(Ratchet.parse("30 " + LONG_METHOD).check(new TreeMap<>())).hasSize(1);
    }

    @Test
    void whatIsAsWrittenPasses() {
        assertThat(Ratchet.parse("# Today\n\n31 " + LONG_METHOD + "\n").check(measured(31)))
                .isEmpty();
    }

    @Test
    void eachMarkIsMeasured() {
        String statements = "f();\n".repeat(26);
        assertThat(sizesOf("class Ring { void plan() {\n" + statements + "} }")).containsEntry(LONG_METHOD, 28);
        assertThat(sizesOf("class Ring {}\n" + "\n".repeat(400)))
                .containsEntry("file-lines a/src/main/java/Ring.java", 401);
        assertThat(sizesOf("// " + "x".repeat(118))).containsEntry("long-lines a/src/main/java/Ring.java", 1);
        assertThat(sizesOf("class Ring { Ring(int a, int b, int c, int d, int e, int f) {} }"))
                .containsEntry("constructor-parameters a/src/main/java/Ring.java#Ring", 6);
        assertThat(sizesOf("class Ring { public void plan(boolean dryRun) {} }"))
                .containsEntry("boolean-parameters a/src/main/java/Ring.java", 1);
        assertThat(Sizes.aboveTheMarks(Tree.of(TreeFile.of("a/pom.xml", "<x/>\n".repeat(41)))))
                .containsEntry("pom-lines a/pom.xml", 41);
    }

    @Test
    void whatIsBelowItsMarkIsNotKept() {
        assertThat(sizesOf("class Ring { Ring(int a, int b, int c, int d, int e) { f(); } void g(boolean h) {} }"))
                .containsOnlyKeys("dead-types a/src/main/java/Ring.java");
    }

    private static SortedMap<String, Integer> measured(int size) {
        SortedMap<String, Integer> measured = new TreeMap<>();
        measured.put(LONG_METHOD, size);
        return measured;
    }

    private static SortedMap<String, Integer> sizesOf(String text) {
        return Sizes.aboveTheMarks(Tree.of(TreeFile.of("a/src/main/java/Ring.java", text)));
    }
}
