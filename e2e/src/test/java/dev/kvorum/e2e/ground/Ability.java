package dev.kvorum.e2e.ground;

/** What a test does to a ground, beside reading and writing objects. */
public enum Ability {
    /** {@code ./kvorum up}, {@code status}, {@code put} … of this checkout. */
    LAUNCHER("only the stand-in is driven by the launcher"),
    /** Ends the process of a node, as {@code kill -9} does. */
    KILL_NODE("the processes of the nodes cannot be reached from here"),
    /** Stops the process of a node for a while, as {@code kill -STOP} does. */
    FREEZE_NODE("the processes of the nodes cannot be reached from here"),
    /** Six nodes at a time. */
    SIX_NODES("there is no room for six nodes"),
    /** Everything in a zone ends at once, and comes back later. */
    ZONE_AWAY("its machines cannot be switched off from here"),
    /** A zone runs on, cut off from the others. */
    PARTITION("its network cannot be cut from here"),
    /** Kubelets are restarted. */
    RESTART_KUBELET("it has no kubelets, or they cannot be reached from here"),
    /** Ends the operator, of which another takes over. */
    KILL_OPERATOR("its operator cannot be ended from here"),
    /** Two operators, of which one leads. */
    TWO_OPERATORS("only one operator runs there"),
    /** The addresses that nodes name to clients and to each other are reached from here. */
    POD_NETWORK("its pods are reached by port-forward alone"),
    /** Its operator was installed by the chart. */
    CHART("its operator did not come with the chart, or Helm is not installed"),
    /** Pods that hold a client: {@code sh}, {@code wget} and {@code nc}. */
    CLIENT_POD("it runs no pods of ours, or busybox without libraries is not installed"),
    /** Pods are made by a kubelet from images, with all that a container has. */
    CONTAINERS("its pods are plain processes");

    private final String absence;

    Ability(String absence) {
        this.absence = absence;
    }

    /** Why a ground may be without it. */
    String absence() {
        return absence;
    }
}
