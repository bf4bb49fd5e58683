package dev.kvorum.e2e.ground;

import java.nio.file.Path;
import java.util.List;

/**
 * The cluster that {@code KVORUM_E2E_KUBECONFIG} names, whose pods are reached from here. {@code KVORUM_E2E_MACHINES}
 * may name the command that made its machines on this host; then images are loaded by it, and it can be broken.
 */
final class RealGround implements InstalledGround {

    static final String FAULTS = "KVORUM_E2E_MACHINES";

    private final Path home;
    private final Machines machines;
    private final Delivery.Chart chart;
    private final Installation installation;

    RealGround(Path home) {
        this.home = home;
        Kubectl kubectl =
                new Kubectl(Path.of(GroundKind.setting("KVORUM_E2E_KUBECONFIG").orElseThrow()));
        this.machines = new Machines(GroundKind.setting(FAULTS).orElse("false"), kubectl);
        this.chart = new Delivery.Chart(kubectl, home);
        this.installation = new Installation(
                kubectl, Delivery.Chart.isHere() ? chart : new Delivery.Kustomize(kubectl, home), Node::address);
        if (GroundKind.setting(FAULTS).isPresent()) {
            Installation.images(home).forEach(image -> machines.tell("load", image.toString()));
        }
        installation.install();
        apply(example("demo", 3));
        installation.awaitAvailable();
    }

    @Override
    public Installation installation() {
        return installation;
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public Shell.Result helm(String... arguments) {
        return chart.helm(arguments);
    }

    @Override
    public String example(String cluster, int replicas) {
        return Example.THREE_ZONES.manifest(home, cluster, replicas);
    }

    @Override
    public void kill(List<Node> nodes) {
        machines.signal("KILL", nodes.stream().map(Node::process).toList());
    }

    @Override
    public void askToEnd(Node node) {
        machines.signal("TERM", List.of(node.process()));
    }

    @Override
    public void freeze(Node node) {
        machines.signal("STOP", List.of(node.process()));
    }

    @Override
    public void thaw(Node node) {
        machines.signal("CONT", List.of(node.process()));
    }

    @Override
    public void takeAway(String zone) {
        machines.inZone(zone).forEach(machine -> machines.tell("kill-node", machine));
    }

    @Override
    public void bringBack(String zone) {
        machines.inZone(zone).forEach(machine -> machines.tell("start-node", machine));
    }

    @Override
    public void cutOff(String zone) {
        machines.tell("partition", zone);
    }

    @Override
    public void heal() {
        machines.tell("heal");
    }

    @Override
    public void restartKubelet(String zone) {
        machines.inZone(zone).forEach(machines::restartKubelet);
    }

    @Override
    public void close() {
        installation.remove();
    }
}
