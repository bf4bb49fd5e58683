package dev.kvorum.operator.plan;

import dev.kvorum.operator.desired.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one pass decided.
 *
 * @param steps in order, up to and with the first that waits or is blocked
 * @param remarks what else there is to say
 * @param running the nodes that run, or are to run
 * @param clusterId identity of the data, once some node holds it
 * @param lookAgain when time alone may change the plan
 */
public record Plan(
        List<Step> steps,
        List<Finding> remarks,
        Topology running,
        Optional<String> clusterId,
        Optional<Duration> lookAgain) {

    public Plan {
        steps = List.copyOf(steps);
        remarks = List.copyOf(remarks);
    }

    public List<Action> actions() {
        return steps.stream()
                .flatMap(step -> switch (step.verdict()) {
                    case Step.Verdict.Proceed(List<Action> actions) -> actions.stream();
                    case Step.Verdict.Done _, Step.Verdict.Wait _, Step.Verdict.Blocked _ -> Stream.<Action>empty();
                })
                .toList();
    }

    /** Everything to say, what stops a step first. */
    public List<Finding> findings() {
        Stream<Finding> stops = steps.stream().flatMap(step -> switch (step.verdict()) {
            case Step.Verdict.Wait(Finding finding) -> Stream.of(finding);
            case Step.Verdict.Blocked(Finding finding) -> Stream.of(finding);
            case Step.Verdict.Done _, Step.Verdict.Proceed _ -> Stream.empty();
        });
        return Stream.concat(stops, remarks.stream()).toList();
    }
}
