package dev.kvorum.server.resp;

import org.jspecify.annotations.Nullable;

/** The place of one command's reply in the order of its connection. */
abstract class Slot {

    @Nullable
    Slot next;

    /** Whether {@link #writeTo} may be called. */
    abstract boolean isDone();

    abstract void writeTo(RespWriter out);

    /** A reply that was known at once, behind others that were not. */
    static final class Ready extends Slot {

        private final Reply reply;

        Ready(Reply reply) {
            this.reply = reply;
        }

        @Override
        boolean isDone() {
            return true;
        }

        @Override
        void writeTo(RespWriter out) {
            reply.writeTo(out);
        }
    }

    /** A reply that some other part of the node will hand in. */
    static final class Later extends Slot {

        private @Nullable Reply reply;

        void set(Reply known) {
            reply = known;
        }

        @Override
        boolean isDone() {
            return reply != null;
        }

        @Override
        void writeTo(RespWriter out) {
            if (reply != null) {
                reply.writeTo(out);
            }
        }
    }
}
