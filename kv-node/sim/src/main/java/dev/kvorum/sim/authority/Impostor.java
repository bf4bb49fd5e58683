package dev.kvorum.sim.authority;

import dev.kvorum.core.authority.Arrival;
import dev.kvorum.core.authority.Authority;
import dev.kvorum.core.authority.AuthorityEffect;
import dev.kvorum.core.authority.AuthorityInput;
import dev.kvorum.core.authority.AuthorityMessage;
import dev.kvorum.core.authority.StoredState;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.sim.world.Dice;

/** A process at an address of its own that asks to be let in and must not be. */
final class Impostor {

    private static final long PATIENCE_US = 6_000_000;

    private final AuthorityWorld world;
    private final NodeId claimed;
    private final Authority machine;
    private final long endsUs;

    Impostor(AuthorityWorld world, Arrival arrival, Dice dice) {
        this.world = world;
        this.claimed = arrival.start().node().id();
        this.machine = new Authority(
                arrival, world.document(), StoredState.EMPTY, world.settings().authority(), dice.splitSource());
        this.endsUs = world.schedule().nowUs() + PATIENCE_US;
    }

    boolean claims(NodeId node) {
        return claimed.equals(node) && isThere();
    }

    private boolean isThere() {
        return world.schedule().nowUs() < endsUs;
    }

    void tick() {
        if (isThere()) {
            machine.step(world.schedule().nowMs(), new AuthorityInput.Tick(), this::perform);
            world.schedule().after(Authority.TICK_MS * 1_000L, this::tick);
        }
    }

    void receive(NodeId from, AuthorityMessage message) {
        if (isThere()) {
            machine.step(world.schedule().nowMs(), new AuthorityInput.Received(from, message), this::perform);
        }
    }

    private void perform(AuthorityEffect effect) {
        if (effect instanceof AuthorityEffect.Send(NodeId to, AuthorityMessage message)) {
            world.sendFromOutside(claimed, to, message);
        }
        AuthorityChecker.law(
                !(effect instanceof AuthorityEffect.Registered), "an impostor was let in as %s", claimed.shortName());
    }
}
