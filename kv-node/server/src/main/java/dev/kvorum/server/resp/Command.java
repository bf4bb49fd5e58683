package dev.kvorum.server.resp;

import java.util.List;

/**
 * One row of the command table, from which commands are found, checked and described to clients.
 *
 * @param name in lower case
 * @param arity how many arguments with the name; negative for at least so many
 * @param flags the words of Redis for what the command does
 * @param keys which arguments are keys
 * @param group the group under which documentation shows it
 */
record Command(String name, int arity, List<String> flags, Keys keys, String group, String summary, Handler handler) {

    /**
     * The positions of the first and the last key, and the step between keys; 0 for no keys, -1 for the last argument.
     */
    record Keys(int first, int last, int step) {
        static final Keys NONE = new Keys(0, 0, 0);
        static final Keys ONE = new Keys(1, 1, 1);
        static final Keys ALL = new Keys(1, -1, 1);
        static final Keys PAIRS = new Keys(1, -1, 2);
    }

    /** Carries out a command whose number of arguments is right; refuses before it has promised any reply. */
    @FunctionalInterface
    interface Handler {
        void run(RespConnection connection, Arguments arguments);
    }

    boolean accepts(int arguments) {
        return arity >= 0 ? arguments == arity : arguments >= -arity;
    }
}
