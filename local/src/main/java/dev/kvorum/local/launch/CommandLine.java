package dev.kvorum.local.launch;

import dev.kvorum.local.launch.Command.Output;
import dev.kvorum.local.launch.Command.Volumes;
import java.util.List;

/** Understands the words after {@code ./kvorum}. */
final class CommandLine {

    private static final List<List<String>> AS_JSON =
            List.of(List.of("--output", "json"), List.of("--output=json"), List.of("-o", "json"), List.of("-ojson"));

    private CommandLine() {}

    static Command parse(List<String> words) throws MisuseException {
        if (words.isEmpty()) {
            throw new MisuseException("which command? up, down [--purge], status [--output json], logs [NAME],"
                    + " ring [--output json], members [--output json], recover [--yes],"
                    + " get KEY, put KEY VALUE, del KEY");
        }
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "up" -> alone("up", rest, new Command.Up());
            case "serve" -> alone("serve", rest, new Command.Serve());
            case "prepare" -> alone("prepare", rest, new Command.Prepare());
            case "down" -> down(rest);
            case "status" -> new Command.Status(output("status", rest));
            case "ring" -> new Command.Ring(output("ring", rest));
            case "members" -> new Command.Members(output("members", rest));
            case "recover" -> recover(rest);
            case "logs" -> logs(rest);
            case "get" -> new Command.Get(exactly(1, rest, "get KEY").getFirst());
            case "put" -> new Command.Put(exactly(2, rest, "put KEY VALUE").getFirst(), rest.getLast());
            case "del" -> new Command.Delete(exactly(1, rest, "del KEY").getFirst());
            default -> throw new MisuseException("no command is named '" + words.getFirst() + "'");
        };
    }

    private static Command alone(String name, List<String> rest, Command command) throws MisuseException {
        expect(rest.isEmpty(), name + " (it takes no arguments)");
        return command;
    }

    private static Command down(List<String> rest) throws MisuseException {
        expect(rest.isEmpty() || rest.equals(List.of("--purge")), "down [--purge]");
        return new Command.Down(rest.isEmpty() ? Volumes.KEEP : Volumes.PURGE);
    }

    private static Command recover(List<String> rest) throws MisuseException {
        expect(rest.isEmpty() || rest.equals(List.of("--yes")), "recover [--yes]");
        return new Command.Recover(rest.isEmpty() ? Command.Consent.ASKED : Command.Consent.GIVEN);
    }

    private static Output output(String name, List<String> rest) throws MisuseException {
        expect(rest.isEmpty() || AS_JSON.contains(rest), name + " [--output json]");
        return rest.isEmpty() ? Output.TABLE : Output.JSON;
    }

    private static Command logs(List<String> rest) throws MisuseException {
        expect(rest.isEmpty() || (rest.size() == 1 && !rest.getFirst().startsWith("-")), "logs [NAME]");
        return new Command.Logs(rest.isEmpty() ? "" : rest.getFirst());
    }

    private static List<String> exactly(int count, List<String> rest, String usage) throws MisuseException {
        expect(rest.size() == count, usage);
        return rest;
    }

    private static void expect(boolean holds, String usage) throws MisuseException {
        if (!holds) {
            throw new MisuseException("usage: ./kvorum " + usage);
        }
    }
}
