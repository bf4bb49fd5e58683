package dev.kvorum.server.resp;

import dev.kvorum.core.version.Limits;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.Identity;
import dev.kvorum.server.door.NodeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Commands about the server: what it can do, how it is, how it is set. */
final class ServerCommands {

    private static final List<String> SECTIONS =
            List.of("server", "clients", "memory", "persistence", "replication", "cluster", "keyspace");

    private final NodeView node;
    private final Supplier<CommandTable> table;
    private final long startedNs = System.nanoTime();

    ServerCommands(NodeView node, Supplier<CommandTable> table) {
        this.node = node;
        this.table = table;
    }

    void command(RespConnection connection, Arguments arguments) {
        String subcommand = arguments.count() == 1 ? "" : arguments.word(1);
        CommandTable all = table.get();
        List<String> names = new ArrayList<>();
        for (int i = 2; i < arguments.count(); i++) {
            names.add(arguments.word(i));
        }
        switch (subcommand) {
            case "" -> connection.reply(CommandReplies.rows(all, List.of()));
            case "info" -> connection.reply(CommandReplies.rows(all, names));
            case "docs" -> connection.reply(CommandReplies.docs(all, names));
            case "list" -> connection.reply(CommandReplies.names(all));
            case "count" -> connection.reply(Reply.number(all.all().size()));
            default -> throw Refusal.subcommand("command", subcommand, List.of("count", "docs", "info", "list"));
        }
    }

    void time(RespConnection connection, Arguments arguments) {
        Instant now = Instant.now();
        connection.reply(out -> {
            out.array(2);
            out.bulk(Long.toString(now.getEpochSecond()));
            out.bulk(Integer.toString(now.getNano() / 1_000));
        });
    }

    void config(RespConnection connection, Arguments arguments) {
        if (!arguments.word(1).equals("get")) {
            throw new Refusal("ERR only CONFIG GET is available: a node is set by its kv-node.yaml");
        }
        if (arguments.count() < 3) {
            throw new Refusal("ERR wrong number of arguments for 'config|get' command");
        }
        Map<String, String> matching = new LinkedHashMap<>();
        for (int i = 2; i < arguments.count(); i++) {
            Glob pattern = new Glob(arguments.word(i));
            settings(connection).forEach((name, value) -> {
                if (pattern.matches(name)) {
                    matching.put(name, value);
                }
            });
        }
        connection.reply(out -> {
            out.map(matching.size());
            matching.forEach((name, value) -> {
                out.bulk(name);
                out.bulk(value);
            });
        });
    }

    private static Map<String, String> settings(RespConnection connection) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("appendonly", "yes");
        settings.put("cluster-enabled", "yes");
        settings.put("databases", "1");
        settings.put("maxclients", Integer.toString(connection.door().config().connections()));
        settings.put("maxmemory", "0");
        settings.put("maxmemory-policy", "noeviction");
        settings.put("proto-max-bulk-len", Integer.toString(Limits.ENTRY_MOST_BYTES));
        settings.put("save", "");
        settings.put("timeout", Integer.toString(connection.door().config().idleTimeoutMs() / 1_000));
        return settings;
    }

    void info(RespConnection connection, Arguments arguments) {
        Set<String> wanted = new TreeSet<>();
        for (int i = 1; i < arguments.count(); i++) {
            wanted.add(arguments.word(i));
        }
        boolean all = wanted.isEmpty()
                || wanted.contains("all")
                || wanted.contains("default")
                || wanted.contains("everything");
        StringBuilder text = new StringBuilder(1_024);
        for (String section : SECTIONS) {
            if (all || wanted.contains(section)) {
                text.append(text.isEmpty() ? "" : "\r\n");
                section(section, connection, text);
            }
        }
        String shown = text.toString();
        connection.reply(out -> out.verbatim(shown));
    }

    private void section(String section, RespConnection connection, StringBuilder text) {
        text.append("# ")
                .append(Character.toUpperCase(section.charAt(0)))
                .append(section.substring(1))
                .append("\r\n");
        switch (section) {
            case "server" -> server(text);
            case "clients" ->
                line(text, "connected_clients", connection.door().connections().size());
            case "memory" -> memory(text);
            case "persistence" -> line(text, "loading", node.founded() == null ? 1 : 0);
            case "replication" -> {
                line(text, "role", "master");
                line(text, "connected_slaves", 0);
            }
            case "cluster" -> line(text, "cluster_enabled", 1);
            default -> text.append("");
        }
    }

    private void server(StringBuilder text) {
        Identity identity = node.identity();
        Founded founded = node.founded();
        line(text, "redis_version", ConnectionCommands.REDIS_VERSION);
        line(text, "redis_mode", "cluster");
        line(text, "os", System.getProperty("os.name") + ' ' + System.getProperty("os.arch"));
        line(text, "arch_bits", 64);
        line(text, "process_id", ProcessHandle.current().pid());
        line(text, "run_id", identity == null ? "" : identity.id().toString());
        line(text, "uptime_in_seconds", (System.nanoTime() - startedNs) / 1_000_000_000);
        line(text, "kvorum_state", node.standing().state().word());
        line(text, "kvorum_ring_epoch", founded == null ? 0 : founded.ring().epoch());
    }

    private static void memory(StringBuilder text) {
        Runtime runtime = Runtime.getRuntime();
        line(text, "used_memory", runtime.totalMemory() - runtime.freeMemory());
        line(text, "maxmemory", 0);
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append(':').append(value).append("\r\n");
    }
}
