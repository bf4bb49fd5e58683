package dev.kvorum.server.resp;

import dev.kvorum.core.ring.Ring;
import dev.kvorum.core.ring.RingNode;
import dev.kvorum.core.ring.Slots;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.Identity;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Standing;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The {@code CLUSTER} subcommands. Every node is shown as the master of the slots whose home it is, without replicas,
 * so that cluster clients go straight to the home.
 */
final class ClusterCommands {

    private static final List<String> SUBCOMMANDS =
            List.of("slots", "shards", "nodes", "info", "myid", "keyslot", "countkeysinslot");
    private static final Reply NOTHING = out -> out.array(0);

    private final NodeView node;
    private final HostNames hosts;
    private final KeyspaceCommands keyspace;

    ClusterCommands(NodeView node, HostNames hosts, KeyspaceCommands keyspace) {
        this.node = node;
        this.hosts = hosts;
        this.keyspace = keyspace;
    }

    void cluster(RespConnection connection, Arguments arguments) {
        String subcommand = arguments.word(1);
        switch (subcommand + ' ' + (arguments.count() - 2)) {
            case "slots 0" -> withView(connection, NOTHING, ClusterCommands::slots);
            case "shards 0" -> withView(connection, NOTHING, ClusterCommands::shards);
            case "nodes 0" -> withView(connection, Reply.bulk(""), ClusterCommands::nodes);
            case "info 0" -> {
                String text = info();
                connection.reply(out -> out.verbatim(text));
            }
            case "myid 0" -> connection.reply(Reply.bulk(identity().id().toString()));
            case "keyslot 1" -> connection.reply(Reply.number(Slots.slotOf(arguments.bytes(2))));
            case "countkeysinslot 1" -> keyspace.countKeysInSlot(connection, arguments);
            default -> throw Refusal.subcommand("cluster", subcommand, SUBCOMMANDS);
        }
    }

    private void withView(
            RespConnection connection, Reply unfounded, BiFunction<SlotView, Map<String, String>, Reply> shown) {
        Founded founded = node.founded();
        if (founded == null) {
            connection.reply(unfounded);
            return;
        }
        SlotView view = SlotView.of(founded.ring(), node);
        List<String> names = founded.ring().nodes().stream().map(RingNode::host).toList();
        Slot.Later slot = connection.replyLater();
        hosts.addresses(names)
                .onSuccess(addresses -> connection.answered(slot, shown.apply(view, addresses)))
                .onFailure(failure -> connection.answered(slot, Reply.error("ERR host names: " + failure)));
    }

    private static Reply slots(SlotView view, Map<String, String> addresses) {
        List<SlotView.Range> ranges = view.ranges();
        return out -> {
            out.array(ranges.size());
            for (SlotView.Range range : ranges) {
                out.array(3);
                out.number(range.first());
                out.number(range.last());
                out.array(4);
                out.bulk(address(range.home(), addresses));
                out.number(range.home().ports().resp());
                out.bulk(range.home().id().toString());
                out.array(0);
            }
        };
    }

    private static Reply shards(SlotView view, Map<String, String> addresses) {
        return out -> {
            out.array(view.nodes().size());
            for (RingNode each : view.nodes()) {
                List<SlotView.Range> ranges = view.rangesOf(each);
                out.map(2);
                out.bulk("slots");
                out.array(2 * ranges.size());
                for (SlotView.Range range : ranges) {
                    out.number(range.first());
                    out.number(range.last());
                }
                out.bulk("nodes");
                out.array(1);
                shardNode(each, view, addresses, out);
            }
        };
    }

    private static void shardNode(RingNode each, SlotView view, Map<String, String> addresses, RespWriter out) {
        String address = address(each, addresses);
        out.map(7);
        out.bulk("id");
        out.bulk(each.id().toString());
        out.bulk("port");
        out.number(each.ports().resp());
        out.bulk("ip");
        out.bulk(address);
        out.bulk("endpoint");
        out.bulk(address);
        out.bulk("role");
        out.bulk("master");
        out.bulk("replication-offset");
        out.number(0);
        out.bulk("health");
        out.bulk(view.isAlive(each) ? "online" : "failed");
    }

    private static Reply nodes(SlotView view, Map<String, String> addresses) {
        StringBuilder lines = new StringBuilder();
        for (RingNode each : view.nodes()) {
            lines.append(each.id()).append(' ').append(address(each, addresses)).append(':');
            lines.append(each.ports().resp()).append('@').append(each.ports().peer());
            lines.append(view.isSelf(each) ? " myself,master" : " master").append(view.failFlag(each));
            lines.append(" - 0 0 ").append(view.epoch());
            lines.append(view.isAlive(each) ? " connected" : " disconnected");
            for (SlotView.Range range : view.rangesOf(each)) {
                lines.append(' ').append(range.first());
                if (range.last() != range.first()) {
                    lines.append('-').append(range.last());
                }
            }
            lines.append('\n');
        }
        String text = lines.toString();
        return out -> out.verbatim(text);
    }

    private String info() {
        Founded founded = node.founded();
        int assigned = founded == null ? 0 : Slots.COUNT;
        int served = founded == null ? 0 : servedSlots(founded);
        Ring ring = founded == null ? null : founded.ring();
        return "cluster_enabled:1\r\n"
                + "cluster_state:" + (served == Slots.COUNT ? "ok" : "fail") + "\r\n"
                + "cluster_slots_assigned:" + assigned + "\r\n"
                + "cluster_slots_ok:" + served + "\r\n"
                + "cluster_slots_pfail:0\r\n"
                + "cluster_slots_fail:" + (assigned - served) + "\r\n"
                + "cluster_known_nodes:" + (ring == null ? 1 : ring.nodes().size()) + "\r\n"
                + "cluster_size:" + (ring == null ? 0 : ring.nodes().size()) + "\r\n"
                + "cluster_current_epoch:" + (ring == null ? 0 : ring.epoch()) + "\r\n"
                + "cluster_my_epoch:" + (ring == null ? 0 : ring.epoch()) + "\r\n";
    }

    /** Slots for which this node reckons with enough replicas for requests at the default bucket's levels. */
    private int servedSlots(Founded founded) {
        if (node.standing().state() != Standing.State.READY) {
            return 0;
        }
        Ring ring = founded.ring();
        int needed = founded.defaultBucket().levels().replicas();
        int served = 0;
        for (int shard = 0; shard < ring.shards(); shard++) {
            if (node.liveReplicas(shard) >= needed) {
                served += ring.lastSlot(shard) - ring.firstSlot(shard) + 1;
            }
        }
        return served;
    }

    private Identity identity() {
        Identity identity = node.identity();
        if (identity == null) {
            throw new Refusal("LOADING starting this node has not opened its store yet");
        }
        return identity;
    }

    private static String address(RingNode each, Map<String, String> addresses) {
        return addresses.getOrDefault(each.host(), each.host());
    }
}
