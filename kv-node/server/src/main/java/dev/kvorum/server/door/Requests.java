package dev.kvorum.server.door;

import dev.kvorum.core.request.ClientRequest;

/** Where the doors of one event loop hand in data requests. Touched by that loop's thread only. */
public interface Requests {

    /**
     * Carries out one request and answers it exactly once: within this call when the answer is at hand, else later,
     * always on the thread of the loop. Never blocks and never throws for anything that a client can cause; a request
     * that cannot be taken now (not founded, overloaded, draining) is answered with a failure. The deadline
     * {@code timeoutMs} is kept here: a sink is answered {@code timeout} by then.
     */
    void submit(ClientRequest request, ReplySink sink);
}
