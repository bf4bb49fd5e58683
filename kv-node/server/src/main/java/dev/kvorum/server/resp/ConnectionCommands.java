package dev.kvorum.server.resp;

import java.util.List;
import java.util.stream.Collectors;

/** Commands about the connection itself. */
final class ConnectionCommands {

    /** The release of Redis whose commands these follow; some clients choose what they send by it. */
    static final String REDIS_VERSION = "7.2.0";

    private static final List<String> SUBCOMMANDS = List.of("id", "getname", "setname", "setinfo", "info", "list");
    private static final String NO_USERS =
            "ERR AUTH is not available: this release has no users and accepts every connection";

    void hello(RespConnection connection, Arguments arguments) {
        RespClient client = connection.client();
        int version = client.version();
        int next = 1;
        if (arguments.count() > 1) {
            String wanted = arguments.text(1);
            if (!wanted.equals("2") && !wanted.equals("3")) {
                throw new Refusal("NOPROTO unsupported protocol version " + arguments.shown(1) + "; use 2 or 3");
            }
            version = Integer.parseInt(wanted);
            next = 2;
        }
        while (next < arguments.count()) {
            next = helloOption(connection, arguments, next);
        }
        int chosen = version;
        connection.reply(out -> {
            // Replies to earlier commands that come late keep the version that those commands were sent under.
            client.chooseVersion(chosen);
            greeting(client, out);
        });
    }

    private static int helloOption(RespConnection connection, Arguments arguments, int at) {
        String option = arguments.word(at);
        if (option.equals("auth") && at + 2 < arguments.count()) {
            throw new Refusal(NO_USERS);
        }
        if (option.equals("setname") && at + 1 < arguments.count()) {
            connection.client().setName(arguments.text(at + 1));
            return at + 2;
        }
        throw Refusal.syntax(
                "option " + arguments.shown(at) + " of HELLO is unknown or not complete; use SETNAME name");
    }

    private static void greeting(RespClient client, RespWriter out) {
        out.map(7);
        out.bulk("server");
        out.bulk("kvorum");
        out.bulk("version");
        out.bulk(REDIS_VERSION);
        out.bulk("proto");
        out.number(client.version());
        out.bulk("id");
        out.number(client.id());
        out.bulk("mode");
        out.bulk("cluster");
        out.bulk("role");
        out.bulk("master");
        out.bulk("modules");
        out.array(0);
    }

    void auth(RespConnection connection, Arguments arguments) {
        connection.reply(Reply.error(NO_USERS));
    }

    void ping(RespConnection connection, Arguments arguments) {
        if (arguments.count() > 2) {
            throw new Refusal("ERR wrong number of arguments for 'ping' command");
        }
        connection.reply(arguments.count() == 1 ? out -> out.simple("PONG") : Reply.bulk(arguments.bytes(1)));
    }

    void echo(RespConnection connection, Arguments arguments) {
        connection.reply(Reply.bulk(arguments.bytes(1)));
    }

    void select(RespConnection connection, Arguments arguments) {
        if (arguments.number(1) != 0) {
            throw new Refusal("ERR DB index is out of range; there is only database 0");
        }
        connection.reply(Reply.OK);
    }

    void accept(RespConnection connection, Arguments arguments) {
        connection.reply(Reply.OK);
    }

    void quit(RespConnection connection, Arguments arguments) {
        connection.reply(Reply.OK);
        connection.endWhenAnswered();
    }

    void reset(RespConnection connection, Arguments arguments) {
        connection.reply(out -> {
            connection.client().reset();
            out.simple("RESET");
        });
    }

    void client(RespConnection connection, Arguments arguments) {
        RespClient client = connection.client();
        String subcommand = arguments.word(1);
        switch (subcommand + ' ' + (arguments.count() - 2)) {
            case "id 0" -> connection.reply(Reply.number(client.id()));
            case "getname 0" ->
                connection.reply(client.name().isEmpty() ? RespWriter::nothing : Reply.bulk(client.name()));
            case "setname 1" -> {
                client.setName(arguments.text(2));
                connection.reply(Reply.OK);
            }
            case "setinfo 2" -> {
                client.setLibrary(arguments.word(2), arguments.text(3));
                connection.reply(Reply.OK);
            }
            case "info 0" -> connection.reply(text(connection.clientLine() + '\n'));
            case "list 0" ->
                connection.reply(text(lines(List.copyOf(connection.door().connections()))));
            default -> throw Refusal.subcommand("client", subcommand, SUBCOMMANDS);
        }
    }

    private static Reply text(String text) {
        return out -> out.verbatim(text);
    }

    private static String lines(List<RespConnection> connections) {
        return connections.stream().map(RespConnection::clientLine).collect(Collectors.joining("\n", "", "\n"));
    }
}
