package dev.kvorum.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules, over this checkout. */
class TidyTest {

    private static final Tree TREE = Tree.ofThisCheckout();

    @Test
    void theCheckoutIsFound() {
        assertThat(TREE.has("pom.xml")).isTrue();
        assertThat(TREE.java()).hasSizeGreaterThan(20);
    }

    @Test
    void typesAreNamedAfterWhatTheyAre() {
        keeps(NameRules::types);
    }

    @Test
    void packagesAreNamedAfterWhatTheyDo() {
        keeps(NameRules::packages);
    }

    @Test
    void packagesSayWhatTheyAreForAndAreNullMarked() {
        keeps(PackageInfoRule::check);
    }

    @Test
    void publicTypesSayWhatTheyAreFor() {
        keeps(JavaRules::documented);
    }

    @Test
    void testsAreFoundByTheBuild() {
        keeps(JavaRules::found);
    }

    @Test
    void testsDoNotSleep() {
        keeps(JavaRules::awake);
    }

    @Test
    void protocolsCountInIntegers() {
        keeps(JavaRules::integers);
    }

    @Test
    void noRegistryIsNamed() {
        keeps(TextRules::registryHosts);
    }

    @Test
    void noDirectoryOfOneMachineIsNamed() {
        keeps(TextRules::machinePaths);
    }

    @Test
    void onlyCiAndEndToEndTestsLookOutsideTheCheckout() {
        keeps(TextRules::neighbours);
    }

    @Test
    void openEndsHaveAnIssue() {
        keeps(TextRules::openEnds);
    }

    @Test
    void nobodySignsCode() {
        keeps(TextRules::authors);
    }

    @Test
    void linksLeadSomewhere() {
        keeps(LinkRule::check);
    }

    @Test
    void nothingIsKeptThatNobodyReads() {
        keeps(DeadFileRule::check);
    }

    @Test
    void scriptsCanBeStartedAndNothingElse() {
        keeps(ScriptRule::executable);
    }

    @Test
    void shellcheckHasNothingToSay() {
        assumeThat(ScriptRule.shellcheckIsInstalled())
                .as("shellcheck is installed (apt-get install shellcheck)")
                .isTrue();
        keeps(ScriptRule::shellcheck);
    }

    @Test
    void pomsBringInWhatWeWant() {
        keeps(PomRule::check);
    }

    @Test
    void versionsStandInOnePlace() {
        keeps(PomRule::versions);
    }

    @Test
    void whatIsAboveTheMarksOnlyShrinks() {
        String committed = TREE.file(Ratchet.PATH).map(TreeFile::text).orElse("");
        keeps(tree -> Ratchet.parse(committed).check(Sizes.aboveTheMarks(tree)));
    }

    private static void keeps(Rule rule) {
        List<Finding> findings = rule.check(TREE);
        assertThat(findings)
                .withFailMessage(() -> findings.size() + " findings:\n"
                        + String.join(
                                "\n", findings.stream().map(Finding::toString).toList()))
                .isEmpty();
    }
}
