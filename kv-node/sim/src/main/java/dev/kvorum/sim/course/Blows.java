package dev.kvorum.sim.course;

import dev.kvorum.sim.world.Action;
import dev.kvorum.sim.world.Dice;
import dev.kvorum.sim.world.Schedule;
import dev.kvorum.sim.world.Victim;

/** Blows that any process may be dealt, at random times, until all is over; each takes itself back after a while. */
public final class Blows {

    private final Schedule schedule;
    private final Dice dice;
    private boolean over;

    public Blows(Schedule schedule, Dice dice) {
        this.schedule = schedule;
        this.dice = dice;
    }

    /** Again and again, each time after at most so long. */
    public void repeat(int mostMs, Action strike) {
        if (over) {
            return;
        }
        schedule.after(dice.between(1L, mostMs * 1_000L), () -> {
            if (!over) {
                strike.run();
                repeat(mostMs, strike);
            }
        });
    }

    /** Later, unless all is over by then. */
    public void after(long delayMs, Action action) {
        schedule.after(delayMs * 1_000, () -> {
            if (!over) {
                action.run();
            }
        });
    }

    public boolean areOver() {
        return over;
    }

    /** Nothing happens any more that was to happen later. */
    public void end() {
        over = true;
    }

    public void kill(Victim victim) {
        victim.kill();
        startLater(victim);
    }

    public void losePower(Victim victim) {
        victim.losePower();
        startLater(victim);
    }

    public void startLater(Victim victim) {
        after(dice.chance(300) ? dice.between(0, 10_000) : dice.between(0, 500), victim::start);
    }

    public void pause(Victim victim) {
        victim.pause();
        after(dice.between(50, dice.of(300, 2_000, 10_000)), victim::resume);
    }

    public void slowDown(Victim victim) {
        victim.slowDisk(dice.of(10, 100));
        after(dice.between(100, 5_000), () -> victim.slowDisk(1));
    }
}
