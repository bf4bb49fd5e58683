package dev.kvorum.server.resp;

import dev.kvorum.core.ring.Slots;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.HomeKeys;
import dev.kvorum.server.door.HomeKeys.Answer;
import dev.kvorum.server.door.HomeKeys.Wanted;
import dev.kvorum.server.door.NodeView;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Commands about which keys there are: those of the slots whose home this node is. */
final class KeyspaceCommands {

    private static final int COUNT_BY_DEFAULT = 10;
    private static final int COUNT_MOST = 100_000;
    private static final Set<String> TYPES = new TreeSet<>(List.of("string", "list", "hash", "set", "zset", "stream"));

    private final NodeView node;
    private final KeyCommands keys;

    KeyspaceCommands(NodeView node, KeyCommands keys) {
        this.node = node;
        this.keys = keys;
    }

    void dbsize(RespConnection connection, Arguments arguments) {
        count(connection, 0, Slots.COUNT - 1);
    }

    void countKeysInSlot(RespConnection connection, Arguments arguments) {
        long slot = arguments.number(2);
        if (slot < 0 || slot >= Slots.COUNT) {
            throw new Refusal("ERR Invalid slot; a slot is 0 to " + (Slots.COUNT - 1));
        }
        count(connection, (int) slot, (int) slot);
    }

    private void count(RespConnection connection, int first, int last) {
        Founded.Bucket bucket = keys.bucket();
        answer(connection, node.homeKeys().count(bucket.number(), first, last));
    }

    void scan(RespConnection connection, Arguments arguments) {
        long cursor = cursor(arguments.text(1));
        int count = COUNT_BY_DEFAULT;
        Glob pattern = null;
        String type = null;
        for (int at = 2; at < arguments.count(); at += 2) {
            if (at + 1 == arguments.count()) {
                throw Refusal.syntax("nothing follows " + arguments.shown(at));
            }
            switch (arguments.word(at)) {
                case "count" -> count = count(arguments.number(at + 1));
                case "match" -> pattern = new Glob(arguments.bytes(at + 1));
                case "type" -> type = type(arguments.word(at + 1));
                default ->
                    throw Refusal.syntax("option " + arguments.shown(at) + " is unknown; use MATCH, COUNT or TYPE");
            }
        }
        Founded.Bucket bucket = keys.bucket();
        answer(connection, node.homeKeys().page(bucket.number(), cursor, count, wanted(pattern, type)));
    }

    private static long cursor(String text) {
        try {
            long cursor = Long.parseUnsignedLong(text);
            if (cursor >= 0 && cursor <= HomeKeys.CURSOR_MOST) {
                return cursor;
            }
        } catch (NumberFormatException noNumber) {
            // The same refusal as for a number that no scan has answered.
        }
        throw new Refusal("ERR invalid cursor; begin with 0 and go on with what the last SCAN answered");
    }

    private static int count(long wanted) {
        if (wanted < 1) {
            throw Refusal.syntax("COUNT is " + wanted + "; use 1 or more");
        }
        return (int) Math.min(wanted, COUNT_MOST);
    }

    private static String type(String word) {
        if (!TYPES.contains(word)) {
            throw new Refusal("ERR unknown type name '" + word + "'; use one of " + String.join(", ", TYPES));
        }
        return word;
    }

    private static Wanted wanted(@Nullable Glob pattern, @Nullable String type) {
        return (key, newest) -> (pattern == null || pattern.matches(key))
                && (type == null || KeyShape.typeOf(newest).equals(type));
    }

    private static void answer(RespConnection connection, Future<Answer> asked) {
        Slot.Later slot = connection.replyLater();
        asked.onSuccess(answer -> connection.answered(slot, reply(answer)))
                .onFailure(failure -> connection.answered(
                        slot, Reply.error("ERR this node cannot read its keys: " + failure.getMessage())));
    }

    private static Reply reply(Answer answer) {
        return switch (answer) {
            case Answer.Counted(long keys) -> Reply.number(keys);
            case Answer.Refused(var failed) -> Reply.error(ErrorLines.of(failed));
            case Answer.Page(List<byte[]> keys, long cursor) ->
                out -> {
                    out.array(2);
                    out.bulk(Long.toString(cursor));
                    out.array(keys.size());
                    keys.forEach(out::bulk);
                };
        };
    }
}
