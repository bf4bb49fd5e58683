package dev.kvorum.server.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds a command by its name as it lies in a buffer, in any case, without allocating. */
final class CommandTable {

    private static final int CASE_BIT = 0x20;

    private final List<Command> commands;
    private final @Nullable Command[] cells;
    private final byte[][] names;

    CommandTable(List<Command> commands) {
        this.commands = List.copyOf(commands);
        int size = Integer.highestOneBit(commands.size() * 4);
        this.cells = new @Nullable Command[size];
        this.names = new byte[size][];
        for (Command command : commands) {
            byte[] name = command.name().getBytes(StandardCharsets.US_ASCII);
            int cell = hash(name, 0, name.length) & (size - 1);
            while (cells[cell] != null) {
                cell = (cell + 1) & (size - 1);
            }
            cells[cell] = command;
            names[cell] = name;
        }
    }

    List<Command> all() {
        return commands;
    }

    @Nullable
    Command find(String name) {
        byte[] bytes = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    @Nullable
    Command find(byte[] bytes, int offset, int length) {
        int cell = hash(bytes, offset, length) & (cells.length - 1);
        while (cells[cell] != null && !isName(names[cell], bytes, offset, length)) {
            cell = (cell + 1) & (cells.length - 1);
        }
        return cells[cell];
    }

    private static boolean isName(byte[] name, byte[] bytes, int offset, int length) {
        if (name.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte at = bytes[offset + i];
            if (name[i] != (at >= 'A' && at <= 'Z' ? at | CASE_BIT : at)) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes, int offset, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + (bytes[offset + i] | CASE_BIT);
        }
        return hash ^ hash >>> 7;
    }
}
