package dev.kvorum.server.node;

import io.vertx.core.Future;
import java.util.function.BiFunction;

/** Opens a port, and says which one it was when that fails. */
final class Listening {

    private Listening() {}

    /**
     * Listens on the port.
     *
     * @param setting the key of the configuration that chose the port
     * @param listen opens host and port
     * @return fails with a {@link SetUpException} for the person who set the node up
     */
    static Future<Void> named(
            String setting, String host, int port, BiFunction<String, Integer, ? extends Future<?>> listen) {
        return listen.apply(host, port)
                .<Void>mapEmpty()
                .recover(failure -> Future.failedFuture(new SetUpException(setting + " " + port + " on " + host
                        + " cannot be opened: " + failure.getMessage() + "; is another node running there?")));
    }
}
