package dev.kvorum.core.authority;

import dev.kvorum.core.authority.Answer.Refused;
import dev.kvorum.core.ring.BucketSettings;
import java.util.List;

/**
 * What may become of buckets. A bucket keeps its number, name, mode and way with conflicts for ever. Its read level may
 * change freely; its write level may only fall: what was written before was acknowledged by fewer replicas than a
 * raised level would make readers and rebuilds count on.
 */
final class Buckets {

    static int weakestWrite(int factor, List<BucketSettings> buckets) {
        return buckets.stream()
                .mapToInt(bucket -> bucket.write().of(factor))
                .min()
                .orElse(factor);
    }

    Answer declare(Draft draft, BucketSettings settings) {
        int known = find(draft, settings.name());
        if (known >= 0) {
            return draft.buckets.get(known).equals(settings)
                    ? draft.done()
                    : refuse(
                            RefusalCode.BUCKET_EXISTS,
                            "bucket " + settings.name() + " is " + shown(draft.buckets.get(known))
                                    + "; alter it, or use another name");
        }
        if (draft.buckets.size() >= AuthorityState.MOST_BUCKETS) {
            return refuse(
                    RefusalCode.BAD_REQUEST,
                    "there are " + AuthorityState.MOST_BUCKETS + " buckets already; reuse one, they are never removed");
        }
        return keep(draft, draft.buckets.size(), settings);
    }

    Answer alter(Draft draft, BucketSettings settings) {
        int known = find(draft, settings.name());
        if (known < 0) {
            return refuse(RefusalCode.BUCKET_UNKNOWN, "there is no bucket " + settings.name() + "; declare it");
        }
        BucketSettings before = draft.buckets.get(known);
        if (before.mode() != settings.mode() || before.conflict() != settings.conflict()) {
            return refuse(
                    RefusalCode.BUCKET_FIXED,
                    "bucket " + settings.name() + " is " + shown(before)
                            + "; mode and conflict stay as declared, declare another bucket and copy");
        }
        int factor = draft.charter.factor();
        if (settings.write().of(factor) > before.write().of(factor)) {
            return refuse(
                    RefusalCode.BUCKET_FIXED,
                    "write of bucket " + settings.name() + " is " + before.write() + " and may only fall, not rise to "
                            + settings.write() + ": earlier writes are on fewer replicas; declare another bucket");
        }
        return keep(draft, known, settings);
    }

    private static Answer keep(Draft draft, int number, BucketSettings settings) {
        int factor = draft.charter.factor();
        try {
            settings.requireWithin(factor);
        } catch (IllegalArgumentException unfit) {
            return refuse(RefusalCode.BAD_REQUEST, String.valueOf(unfit.getMessage()));
        }
        if (number == draft.buckets.size()) {
            draft.buckets.add(settings);
        } else {
            draft.buckets.set(number, settings);
        }
        draft.weakestWrite = Math.min(draft.weakestWrite, settings.write().of(factor));
        return draft.done();
    }

    private static int find(Draft draft, String name) {
        for (int number = 0; number < draft.buckets.size(); number++) {
            if (draft.buckets.get(number).name().equals(name)) {
                return number;
            }
        }
        return -1;
    }

    private static String shown(BucketSettings bucket) {
        return "conflict " + bucket.conflict() + ", read " + bucket.read() + ", write " + bucket.write();
    }

    private static Answer refuse(RefusalCode code, String detail) {
        return new Refused(code, detail);
    }
}
