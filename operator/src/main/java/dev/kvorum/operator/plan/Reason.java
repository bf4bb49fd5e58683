package dev.kvorum.operator.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Every reason that a condition or an event can have; the closed list that tools may rely on. */
public enum Reason {
    ALL_NODES_SERVE("Every node serves and every peer sees it alive."),
    NODES_MISSING("Some node does not serve; the message says which and why."),
    PEERS_DISAGREE("A node serves, but a peer does not see it alive yet."),
    EVERY_SHARD_SERVES("Every shard has enough ready replicas to read and write."),
    QUORUM_MISSING("Some shard has too few ready replicas to read or write."),
    NOT_FOUNDED("The nodes hold no ring yet."),
    NO_NODE_IN_ZONE("A pod finds no host for 30 s; the message shows the selector and how to look at labels."),
    NOTHING_TO_DO("What runs is what was asked for, as far as this release can."),
    CREATING("Objects are being made or repaired."),
    NODES_STARTING("The operator waits for nodes to answer."),
    FOUNDING("The bootstrap document is on its way to the nodes."),
    AUTHORITY_SILENT("The nodes' authority has not decided yet what the operator asked for."),
    VOTERS_MISSING("Data of an earlier cluster is there, but fewer than a quorum of its voters answer yet."),
    HEALTHY("Nothing is wrong."),
    NO_LEADER("No node knows who leads the authority: reads and writes go on, what only it decides waits."),
    NODE_DOWN("A node of the ring does not serve; the message says which and why."),
    NODE_FENCED("A node refuses to serve because its volume is damaged; the message names the file."),
    FOREIGN_VOLUMES("The volumes hold data of different clusters; nothing is written until a person decides."),
    EMPTY_VOLUME("A node of the ring came back with an empty volume; it is pending, and takes writes until rebuilt."),
    NAME_TAKEN("An object that the operator did not make sits on a name it needs."),
    INVALID_SPEC("The spec breaks a rule; the message names field, value and remedy."),
    FOUNDING_REFUSED("A node refused the bootstrap document."),
    AUTHORITY_REFUSED("The nodes' authority refused what the operator asked for; the message has its words."),
    SESSION_SUPERSEDED("Another operator has opened a session with these nodes; this one changes nothing any more."),
    API_REFUSED("The API server refused a write; the message has its words."),
    RING_AGREED("All nodes that answer hold the same ring."),
    RINGS_DIFFER("Nodes hold different rings."),
    AS_ASKED("The nodes are as many and where the spec asks."),
    RING_CHANGE_UNAVAILABLE("The spec asks for another ring; this release cannot change a ring, so nothing changes."),
    AUTOSCALER_UNAVAILABLE("This release has no autoscaler; mode Auto acts as Off."),
    UP_TO_DATE("The nodes were made from this spec."),
    TEMPLATE_CHANGED("Image, resources, config, pod or storage changed; this release rolls no nodes, so they stay."),
    BUCKETS_FIXED("A bucket of the spec has other levels than the nodes hold, or is gone; it stays in this release."),
    RUNNING("The operator acts."),
    PAUSED_BY_SPEC("spec.paused is true; the operator looks on and changes nothing."),
    CREATED("Objects were made."),
    REPAIRED("Objects that were changed by hand were put back."),
    REMOVED("Objects that are no longer wanted were removed."),
    FOUNDED("A node accepted the bootstrap document."),
    BUCKET_DECLARED("A bucket that was new in the spec was declared to the nodes' authority."),
    CLAIMS_MARKED("Volumes were marked with the cluster and the node whose data they hold."),
    PODS_REPLACED("Pods that never ran were removed to be made from the present template.");

    private final String meaning;

    Reason(String meaning) {
        this.meaning = meaning;
    }

    /** What it means, for the reference page. */
    public String meaning() {
        return meaning;
    }

    /** The reason as the status spells it, such as {@code NameTaken}. */
    public String word() {
        return Arrays.stream(name().split("_", -1))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
