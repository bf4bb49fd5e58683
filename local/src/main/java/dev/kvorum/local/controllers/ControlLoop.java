package dev.kvorum.local.controllers;

import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.store.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs all controllers whenever an object changes, and every few seconds for what depends on time. */
public final class ControlLoop implements AutoCloseable {

    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(5);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(200);
    private static final System.Logger LOG = System.getLogger(ControlLoop.class.getName());

    private final ObjectStore store;
    private final List<Controller> controllers;
    private final Thread thread;

    private ControlLoop(ObjectStore store, List<Controller> controllers) {
        this.store = store;
        this.controllers = controllers;
        this.thread = Thread.ofPlatform().name("controllers").unstarted(this::run);
    }

    /**
     * Starts the controllers.
     *
     * @param volumes the directory that holds one directory per volume
     */
    public static ControlLoop start(Objects objects, Path volumes) {
        ControlLoop loop = new ControlLoop(
                objects.store(),
                List.of(
                        new Nodes(objects),
                        new StatefulSets(objects),
                        new Claims(objects, volumes),
                        new Scheduler(objects),
                        new EndpointSlices(objects),
                        new DisruptionBudgets(objects),
                        new GarbageCollector(objects)));
        loop.thread.start();
        return loop;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long before = store.revision();
                boolean allWell = true;
                for (Controller controller : controllers) {
                    allWell &= succeeds(controller);
                }
                if (!allWell) {
                    Thread.sleep(AFTER_A_FAILURE);
                } else if (store.revision() == before) {
                    store.awaitChange(before, AT_LEAST_EVERY);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /** A controller that meets a change by somebody else gives up and looks again. */
    private static boolean succeeds(Controller controller) {
        try {
            controller.reconcile();
            return true;
        } catch (ApiProblem problem) {
            boolean isRace = problem.code() == 404 || problem.code() == 409;
            LOG.log(isRace ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING, problem.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, controller.getClass().getSimpleName() + " failed", e);
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
