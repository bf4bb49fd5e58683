package dev.kvorum.sim.check;

import dev.kvorum.core.request.ClientRequest;
import dev.kvorum.core.request.Condition;
import dev.kvorum.core.request.Operation;
import dev.kvorum.core.ring.Key;

/**
 * What a client asked, once. A retry is another attempt, with another value.
 *
 * @param number unique in the run; the value of a put is made from it
 * @param startedUs when the client sent it
 */
public record Attempt(long number, ClientRequest request, long startedUs) {

    public Key key() {
        return request.key();
    }

    boolean isUnconditional() {
        return request.operation() instanceof Operation.Write write && write.condition() instanceof Condition.None;
    }

    @Override
    public String toString() {
        String what = request.operation().getClass().getSimpleName();
        return what + " #" + number + " of " + key() + " " + request.levels();
    }
}
