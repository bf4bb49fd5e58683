package dev.kvorum.server.resp;

import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.resp.Command.Handler;
import dev.kvorum.server.resp.Command.Keys;
import java.util.ArrayList;
import java.util.List;

/** Every command of the door, in one table: what is not here is unknown. */
final class Commands {

    private static final List<String> ANYTIME = List.of("loading", "stale", "fast");
    private static final List<String> READ = List.of("readonly", "fast");
    private static final List<String> WALK = List.of("readonly");
    private static final List<String> WRITE = List.of("write", "denyoom");
    private static final int SHOWN_NAME_CHARACTERS = 128;

    private final CommandTable table;

    Commands(NodeView node, HostNames hosts) {
        KeyCommands keys = new KeyCommands(node);
        ExpiryCommands expiry = new ExpiryCommands(keys);
        KeyspaceCommands keyspace = new KeyspaceCommands(node, keys);
        List<Command> all = new ArrayList<>(ofConnection(new ConnectionCommands()));
        all.addAll(ofServer(new ServerCommands(node, this::table), new ClusterCommands(node, hosts, keyspace)));
        all.addAll(ofKeyspace(keyspace));
        all.addAll(reads(keys, expiry));
        all.addAll(writes(keys));
        all.addAll(changes(new CounterCommands(keys)));
        all.addAll(expiries(expiry));
        this.table = new CommandTable(all);
    }

    private static List<Command> ofConnection(ConnectionCommands connection) {
        return List.of(
                of("hello", -1, "Chooses the protocol version.", connection::hello),
                of("auth", -2, "Is refused: this release knows no users.", connection::auth),
                of("ping", -1, "Answers PONG, or its argument.", connection::ping),
                of("echo", 2, "Answers its argument.", connection::echo),
                of("select", 2, "Accepts database 0, the only one.", connection::select),
                of("quit", -1, "Closes the connection.", connection::quit),
                of("reset", 1, "Takes the connection back to its first state.", connection::reset),
                of("readonly", 1, "Changes nothing: every node answers every key.", connection::accept),
                of("readwrite", 1, "Changes nothing: every node answers every key.", connection::accept),
                of("client", -2, "Shows and names connections.", connection::client));
    }

    private static List<Command> ofServer(ServerCommands server, ClusterCommands cluster) {
        return List.of(
                of("command", -1, "Describes the commands of this server.", server::command),
                of("info", -1, "Shows figures of this node.", server::info),
                of("config", -2, "Shows the settings that Redis clients ask for.", server::config),
                of("time", 1, "Shows this node's clock.", server::time),
                of("cluster", -2, "Shows who is home of which slots.", cluster::cluster));
    }

    private static List<Command> ofKeyspace(KeyspaceCommands keyspace) {
        return List.of(
                walk("dbsize", 1, "Counts the keys of this node's home slots.", keyspace::dbsize),
                walk("scan", -2, "Walks over the keys of this node's home slots.", keyspace::scan));
    }

    private static List<Command> reads(KeyCommands keys, ExpiryCommands expiry) {
        return List.of(
                read("get", 2, Keys.ONE, "Reads a value.", keys::get),
                read("mget", -2, Keys.ALL, "Reads several values, each on its own.", keys::mget),
                read("exists", -2, Keys.ALL, "Counts keys that have a value.", keys::exists),
                read("strlen", 2, Keys.ONE, "Shows the length of a value.", keys::strlen),
                read("type", 2, Keys.ONE, "Shows the type of a value.", keys::type),
                read("ttl", 2, Keys.ONE, "Shows the seconds until a value expires.", expiry::ttl),
                read("pttl", 2, Keys.ONE, "Shows the milliseconds until a value expires.", expiry::pttl));
    }

    private static List<Command> writes(KeyCommands keys) {
        return List.of(
                write("set", -3, Keys.ONE, "Writes a value.", keys::set),
                write("setnx", 3, Keys.ONE, "Writes a value where there is none.", keys::setnx),
                write("setex", 4, Keys.ONE, "Writes a value that expires after seconds.", keys::setex),
                write("psetex", 4, Keys.ONE, "Writes a value that expires after milliseconds.", keys::psetex),
                write("getset", 3, Keys.ONE, "Writes a value and answers the one before.", keys::getset),
                write("getdel", 2, Keys.ONE, "Deletes a value and answers it.", keys::getdel),
                write("mset", -3, Keys.PAIRS, "Writes several values, each on its own.", keys::mset),
                write("del", -2, Keys.ALL, "Deletes keys.", keys::del),
                write("unlink", -2, Keys.ALL, "Deletes keys.", keys::del));
    }

    private static List<Command> changes(CounterCommands counters) {
        return List.of(
                write("append", 3, Keys.ONE, "Appends to a value.", counters::append),
                write("incr", 2, Keys.ONE, "Adds one to a number.", counters::incr),
                write("incrby", 3, Keys.ONE, "Adds to a number.", counters::incrby),
                write("decr", 2, Keys.ONE, "Takes one from a number.", counters::decr),
                write("decrby", 3, Keys.ONE, "Takes from a number.", counters::decrby));
    }

    private static List<Command> expiries(ExpiryCommands expiry) {
        return List.of(
                write("getex", -2, Keys.ONE, "Reads a value and sets its expiry.", expiry::getex),
                write("expire", -3, Keys.ONE, "Lets a value expire after seconds.", expiry::expire),
                write("pexpire", -3, Keys.ONE, "Lets a value expire after milliseconds.", expiry::pexpire),
                write("expireat", -3, Keys.ONE, "Lets a value expire at a second.", expiry::expireAt),
                write("pexpireat", -3, Keys.ONE, "Lets a value expire at a millisecond.", expiry::pexpireAt),
                write("persist", 2, Keys.ONE, "Lets a value never expire.", expiry::persist));
    }

    CommandTable table() {
        return table;
    }

    /** Carries out the command at hand, or refuses it. */
    void run(RespConnection connection, Arguments arguments) {
        Command command = arguments.find(table);
        if (command == null) {
            unknown(connection, arguments);
        } else if (!command.accepts(arguments.count())) {
            throw new Refusal("ERR wrong number of arguments for '" + command.name() + "' command");
        } else {
            command.handler().run(connection, arguments);
        }
    }

    private static void unknown(RespConnection connection, Arguments arguments) {
        String name = arguments.text(0);
        if (name.equals("POST") || name.equalsIgnoreCase("host:")) {
            // A browser made to talk to this port must not get its body carried out as commands.
            connection.refuseAndEnd("ERR Protocol error: this port speaks RESP, not HTTP");
            return;
        }
        String shown = name.substring(0, Math.min(name.length(), SHOWN_NAME_CHARACTERS));
        throw new Refusal("ERR unknown command '" + shown + "'; COMMAND LIST names those that are there");
    }

    private static Command of(String name, int arity, String summary, Handler handler) {
        return new Command(name, arity, ANYTIME, Keys.NONE, "connection", summary, handler);
    }

    private static Command walk(String name, int arity, String summary, Handler handler) {
        return new Command(name, arity, WALK, Keys.NONE, "generic", summary, handler);
    }

    private static Command read(String name, int arity, Keys keys, String summary, Handler handler) {
        return new Command(name, arity, READ, keys, "string", summary, handler);
    }

    private static Command write(String name, int arity, Keys keys, String summary, Handler handler) {
        return new Command(name, arity, WRITE, keys, "string", summary, handler);
    }
}
