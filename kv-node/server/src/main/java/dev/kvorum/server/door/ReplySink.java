package dev.kvorum.server.door;

import dev.kvorum.core.request.ClientReply;

/** Takes the one answer to one request, on the thread of the loop that asked. */
@FunctionalInterface
public interface ReplySink {

    /** Hands over the answer; the sink may already belong to a connection that is gone, and then drops it. */
    void reply(ClientReply reply);
}
