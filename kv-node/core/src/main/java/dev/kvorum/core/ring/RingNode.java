package dev.kvorum.core.ring;

import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.Comparator;

/**
 * A node as the ring knows it: who it is, where it stands, how much it shall hold and where it is reached.
 *
 * @param name what people and Kubernetes call it, unique in the cluster
 * @param zone the part of the infrastructure that fails as one
 * @param weight its share of the replicas relative to other nodes, 1 to 1,000
 * @param host a name resolved anew at each connect; addresses change, names stay
 */
public record RingNode(NodeId id, String name, String zone, int weight, String host, Ports ports) {

    /** By zone, then by name with {@code node-10} after {@code node-9}: the order of every list of nodes. */
    static final Comparator<RingNode> ORDER = Comparator.comparing(RingNode::zone)
            .thenComparingInt(node -> node.name().length())
            .thenComparing(RingNode::name)
            .thenComparing(RingNode::id);

    public RingNode {
        Checks.requireLabel("name of node " + id.shortName(), name);
        Checks.requireLabel("zone of node " + name, zone);
        Checks.requireRange("weight of node " + name, weight, 1, 1_000);
        Checks.requireName("host of node " + name, host);
    }

    public static RingNode read(WireReader in) {
        return new RingNode(
                NodeId.read(in), in.getText(), in.getText(), (int) in.getVar(), in.getText(), Ports.read(in));
    }

    public void write(WireWriter out) {
        id.write(out);
        out.putText(name).putText(zone).putVar(weight).putText(host);
        ports.write(out);
    }
}
