package dev.kvorum.e2e.ground;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Doors of pods whose addresses are not reached from here: a port-forward at a loopback address per pod, at the same
 * ports, started again for each new life of a pod.
 */
final class Forwards implements AutoCloseable {

    private final Kubectl kubectl;
    private final Map<String, Life> byPod = new ConcurrentHashMap<>();

    private record Life(String process, PortForward forward) {

        boolean isStill(Node node) {
            return process.equals(node.process()) && forward.isRunning();
        }
    }

    Forwards(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    /** The address of the node's doors here; waits until they are open. */
    String address(Node node) {
        return byPod.compute(
                        node.name(), (pod, known) -> known != null && known.isStill(node) ? known : next(node, known))
                .forward()
                .address();
    }

    private Life next(Node node, @Nullable Life former) {
        String address = former == null
                ? "127.3.0." + (byPod.size() + 1)
                : former.forward().address();
        if (former != null) {
            former.forward().close();
        }
        return new Life(
                node.process(),
                PortForward.open(kubectl, address, List.of("pod/" + node.name(), "8080", "6379", "9600")));
    }

    @Override
    public void close() {
        byPod.values().forEach(life -> life.forward().close());
    }
}
