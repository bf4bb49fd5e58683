package dev.kvorum.core.version;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Plausible mistakes. The laws and the histories must catch every one, or they prove nothing. */
final class BrokenRules {

    private BrokenRules() {}

    /** Every mistake that needs a history to show. */
    static List<HistoryRules> all() {
        return Stream.of(inContexts(), inWrites(), inMergesAndRestarts())
                .flatMap(List::stream)
                .toList();
    }

    private static List<HistoryRules> inContexts() {
        return List.of(
                new HistoryRules("contexts are plain vectors") {
                    @Override
                    Version contextAfterWrite(KvObject object, Version sent, Dot written) {
                        return flat(super.contextAfterWrite(object, sent, written));
                    }
                },
                new HistoryRules("a write answers with the whole version though siblings are left") {
                    @Override
                    Version contextAfterWrite(KvObject object, Version sent, Dot written) {
                        return object.version();
                    }
                },
                new HistoryRules("a read that shows one sibling answers with the whole version") {
                    @Override
                    Version contextOf(KvObject object, List<Sibling> shown) {
                        return object.version();
                    }
                });
    }

    private static List<HistoryRules> inWrites() {
        return List.of(
                new HistoryRules("object versions are plain vectors") {
                    @Override
                    KvObject write(KvObject object, Version context, Sibling fresh) {
                        KvObject kept = super.write(object, context, fresh);
                        return withVersion(kept, kept.version().merge(flat(context)));
                    }
                },
                new HistoryRules("a context's own dots are not looked at when survivors are chosen") {
                    @Override
                    KvObject write(KvObject object, Version context, Sibling fresh) {
                        KvObject kept = super.write(object, new Version(context.vector, new long[0]), fresh);
                        return withVersion(kept, kept.version().merge(context));
                    }
                },
                new HistoryRules("a write does not bring the context into the version") {
                    @Override
                    KvObject write(KvObject object, Version context, Sibling fresh) {
                        KvObject kept = super.write(object, context, fresh);
                        return withVersion(kept, object.version().advance(fresh.dot()));
                    }
                });
    }

    private static List<HistoryRules> inMergesAndRestarts() {
        return List.of(
                new HistoryRules("a merge keeps covered siblings") {
                    @Override
                    KvObject merge(KvObject left, KvObject right) {
                        return mergeKeepingCovered(left, right);
                    }
                },
                new HistoryRules("an actor survives a restart and gives dots twice") {
                    @Override
                    Restart restart() {
                        return Restart.ACTOR_AS_ON_DISK;
                    }
                },
                new HistoryRules("an actor survives a restart, its sequence restarts at a ceiling") {
                    @Override
                    Restart restart() {
                        return Restart.ACTOR_ABOVE_A_CEILING;
                    }
                });
    }

    private static KvObject withVersion(KvObject object, Version version) {
        return new KvObject(object.siblings().toArray(new Sibling[0]), version);
    }

    /** Each single dot becomes a claim about all before it. */
    static Version flat(Version version) {
        Version flat = version;
        for (int i = 0; i < version.dots.length; i += 2) {
            long[] entry = {version.dots[i], version.dots[i + 1]};
            flat = flat.merge(new Version(entry, new long[0]));
        }
        return flat;
    }

    static KvObject mergeKeepingCovered(KvObject left, KvObject right) {
        TreeMap<Dot, Sibling> kept = new TreeMap<>();
        Stream.concat(left.siblings().stream(), right.siblings().stream()).forEach(s -> kept.put(s.dot(), s));
        return new KvObject(
                kept.values().toArray(new Sibling[0]), left.version().merge(right.version()));
    }

    static KvObject mergeForgettingDots(KvObject left, KvObject right) {
        KvObject merged = left.merge(right);
        Version vector = new Version(merged.version().vector, new long[0]);
        return withVersion(merged, vector);
    }

    static KvObject mergeTakingOneSide(KvObject left, KvObject right) {
        return right.version().covers(left.version()) ? right : left;
    }
}
