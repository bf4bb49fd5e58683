package dev.kvorum.server.resp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command table in the forms that clients ask for. */
final class CommandReplies {

    private CommandReplies() {}

    /** {@code COMMAND} and {@code COMMAND INFO}: a row per name, null for an unknown one; all rows without names. */
    static Reply rows(CommandTable table, List<String> names) {
        List<@Nullable Command> rows = new ArrayList<>(names.isEmpty() ? table.all() : List.of());
        names.forEach(name -> rows.add(table.find(name)));
        return out -> {
            out.array(rows.size());
            rows.forEach(row -> row(row, out));
        };
    }

    /** {@code COMMAND DOCS}: a map from name to what is said of it. */
    static Reply docs(CommandTable table, List<String> names) {
        List<Command> shown = table.all().stream()
                .filter(command -> names.isEmpty() || names.contains(command.name()))
                .toList();
        return out -> {
            out.map(shown.size());
            for (Command command : shown) {
                out.bulk(command.name());
                out.map(3);
                out.bulk("summary");
                out.bulk(command.summary());
                out.bulk("since");
                out.bulk("1.0.0");
                out.bulk("group");
                out.bulk(command.group());
            }
        };
    }

    static Reply names(CommandTable table) {
        return out -> {
            out.array(table.all().size());
            table.all().forEach(command -> out.bulk(command.name()));
        };
    }

    private static void row(@Nullable Command command, RespWriter out) {
        if (command == null) {
            out.nothing();
            return;
        }
        out.array(10);
        out.bulk(command.name());
        out.number(command.arity());
        out.array(command.flags().size());
        command.flags().forEach(out::simple);
        out.number(command.keys().first());
        out.number(command.keys().last());
        out.number(command.keys().step());
        for (int unused = 0; unused < 4; unused++) {
            // Categories, tips, key specifications and subcommands: clients work without them.
            out.array(0);
        }
    }
}
