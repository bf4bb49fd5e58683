package dev.kvorum.e2e.ground;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of a run on which ground it was, and what was skipped there for which reason. */
public final class GroundReport implements TestExecutionListener {

    private final List<String> skipped = new ArrayList<>();
    private int ran;
    private int failed;

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        skipped.add(test.getDisplayName() + ": " + reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            ran++;
        }
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            failed++;
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        System.out.println("ground: " + GroundKind.chosen().label() + ": " + ran + " ran, " + failed + " failed, "
                + skipped.size() + " skipped");
        skipped.forEach(each -> System.out.println("ground: skipped " + each));
    }
}
