package dev.kvorum.core.authority;

import dev.kvorum.core.wire.MalformedException;
import dev.kvorum.core.wire.WireReader;
import dev.kvorum.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the latest remembered commands, oldest first.
 *
 * @param floor the index of the latest one forgotten: what was first sent above it is remembered or never took effect
 */
public record Recents(long floor, List<Recent> latest) {

    static final int MOST = 1_024;
    static final Recents NONE = new Recents(0, List.of());

    /**
     * One of them.
     *
     * @param index where in the log it took effect
     * @param digest of what was asked
     */
    public record Recent(CommandId id, long index, long digest, Answer answer) {}

    public Recents {
        latest = List.copyOf(latest);
    }

    @Nullable
    Recent find(CommandId id) {
        for (int i = latest.size() - 1; i >= 0; i--) {
            if (latest.get(i).id().equals(id)) {
                return latest.get(i);
            }
        }
        return null;
    }

    Recents with(Recent next) {
        List<Recent> more = new ArrayList<>(latest);
        more.add(next);
        long forgotten = floor;
        if (more.size() > MOST) {
            forgotten = more.removeFirst().index();
        }
        return new Recents(forgotten, more);
    }

    static Recents read(WireReader in) {
        long floor = in.getVar();
        List<Recent> latest = Texts.list(
                in,
                CommandId.BYTES + 11,
                wire -> new Recent(CommandId.read(wire), wire.getVar(), wire.getLong(), Answer.read(wire)));
        if (latest.size() > MOST) {
            throw new MalformedException(latest.size() + " remembered commands, at most " + MOST);
        }
        return new Recents(floor, latest);
    }

    void write(WireWriter out) {
        out.putVar(floor).putVar(latest.size());
        for (Recent recent : latest) {
            recent.id().write(out);
            out.putVar(recent.index()).putLong(recent.digest());
            recent.answer().write(out);
        }
    }
}
