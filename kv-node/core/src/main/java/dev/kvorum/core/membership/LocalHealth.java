package dev.kvorum.core.membership;

import dev.kvorum.core.membership.MembershipEffect.Trace;
import java.util.function.Consumer;

/**
 * How far this node trusts itself (Lifeguard, section 4.A): it grows with each sign that we, and not the others, are
 * slow, and stretches our probing so that a slow node accuses others less.
 */
final class LocalHealth {

    private final int most;
    private int awareness;
    private int slowness;

    LocalHealth(int most) {
        this.most = most;
    }

    /** By how much interval and timeouts are stretched; 1 is healthy. */
    int multiplier() {
        return 1 + Math.max(awareness, slowness);
    }

    void worsen(int by, Consumer<? super MembershipEffect> out) {
        change(Math.min(most, awareness + by), slowness, out);
    }

    void improve(Consumer<? super MembershipEffect> out) {
        change(Math.max(0, awareness - 1), slowness, out);
    }

    void judge(int score, Consumer<? super MembershipEffect> out) {
        change(awareness, most * (Vitals.HEALTHY - score) / Vitals.HEALTHY, out);
    }

    private void change(int newAwareness, int newSlowness, Consumer<? super MembershipEffect> out) {
        int before = multiplier();
        awareness = newAwareness;
        slowness = newSlowness;
        if (multiplier() != before) {
            out.accept(new Trace(new MembershipTrace.StretchChanged(multiplier())));
        }
    }
}
