package dev.kvorum.core.version;

import java.util.List;

/** The decisions of a replica that a {@link History} plays with; as they are here, they are the product's. */
class HistoryRules {

    /** Which dots a replica issues after a crash. */
    enum Restart {
        NEW_ACTOR,
        /** Goes on after the highest sequence that reached its disk. */
        ACTOR_AS_ON_DISK,
        /** Goes on above everything it ever issued, as with a persisted upper bound. */
        ACTOR_ABOVE_A_CEILING
    }

    private final String name;

    HistoryRules(String name) {
        this.name = name;
    }

    KvObject write(KvObject object, Version context, Sibling fresh) {
        return object.write(context, fresh);
    }

    KvObject merge(KvObject left, KvObject right) {
        return left.merge(right);
    }

    Version contextOf(KvObject object, List<Sibling> shown) {
        return object.contextOf(shown, 0);
    }

    Version contextAfterWrite(KvObject object, Version sent, Dot written) {
        return object.contextAfterWrite(sent, written);
    }

    Restart restart() {
        return Restart.NEW_ACTOR;
    }

    @Override
    public final String toString() {
        return name;
    }
}
