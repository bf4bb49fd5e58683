package dev.kvorum.core.authority;

import dev.kvorum.core.authority.Answer.Refused;
import dev.kvorum.core.authority.Command.NewVolume;
import dev.kvorum.core.authority.Command.Register;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The conversation of a process that has just started: asks until it is let in or told why not. */
final class Registration {

    private final AuthorityConfig config;
    private final RandomGenerator random;
    private Arrival arrival;
    private Phase phase = Phase.ASKING;
    private long nextMs;
    private int pauseMs;

    /** How far it has come. */
    enum Phase {
        ASKING,
        IN,
        REFUSED
    }

    Registration(Arrival arrival, AuthorityConfig config, RandomGenerator random) {
        this.arrival = arrival;
        this.config = config;
        this.random = random;
        this.pauseMs = config.retryMs();
    }

    Start start() {
        return arrival.start();
    }

    private boolean isAnew() {
        return arrival instanceof Arrival.Anew;
    }

    /** What to ask now; null when it is not the time, or never again. */
    @Nullable
    Command due(long nowMs, AuthorityState known) {
        if (phase != Phase.ASKING || nowMs < nextMs) {
            return null;
        }
        Start start = arrival.start();
        long generation =
                known.isFounded() ? Math.max(start.generation(), known.charter().generation()) : Start.NO_GENERATION;
        Start present = new Start(start.clusterId(), generation, start.node(), start.volume(), start.featureLevel());
        return switch (arrival) {
            case Arrival.Kept ignored -> new Register(present);
            case Arrival.Anew(Start ignored, Proof proof) -> new NewVolume(present, proof);
        };
    }

    void onAnswer(long nowMs, Answer answer, Consumer<? super AuthorityEffect> out) {
        switch (answer) {
            case Answer.Registered registered -> {
                phase = Phase.IN;
                out.accept(new AuthorityEffect.Registered(registered));
            }
            case Refused(RefusalCode code, String ignored)
            when code == RefusalCode.NODE_UNKNOWN && isAnew() -> arrival = new Arrival.Kept(arrival.start());
            case Refused(RefusalCode code, String detail)
            when code.mayPass() -> {
                pause(nowMs);
                out.accept(new AuthorityEffect.RegistrationWaits(code, detail));
            }
            case Refused(RefusalCode code, String detail) -> {
                phase = Phase.REFUSED;
                out.accept(new AuthorityEffect.RegistrationRefused(code, detail));
            }
            case Answer.Done ignored -> pause(nowMs);
            case Answer.SessionOpened ignored -> pause(nowMs);
            case Answer.LossAccepted ignored -> pause(nowMs);
        }
    }

    private void pause(long nowMs) {
        nextMs = nowMs + pauseMs / 2 + random.nextInt(pauseMs);
        pauseMs = Math.min(config.longestPauseMs(), 2 * pauseMs);
    }
}
