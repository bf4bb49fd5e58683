package dev.kvorum.server;

import dev.kvorum.server.config.InvalidConfiguration;
import dev.kvorum.server.config.ServerConfig;
import dev.kvorum.server.node.NodeServer;
import dev.kvorum.server.node.SetUpException;
import java.nio.file.Path;
import java.security.Security;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a node: {@code [--config FILE]}. Exits 0 after a graceful stop, 2 when the set-up is wrong, 1 otherwise. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int WRONG_SET_UP = 2;
    private static final int FAILED = 1;
    private static final int STOPPED = 0;
    private static final int STOP_LIMIT_S = 20;

    private Main() {}

    public static void main(String[] arguments) {
        // A pod keeps its name and changes its address: names are looked up anew.
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        System.setProperty("vertx.disableDnsResolver", "true");
        try {
            ServerConfig config = ServerConfig.load(configFile(arguments), System.getenv());
            run(config);
        } catch (InvalidConfiguration wrong) {
            exit(WRONG_SET_UP, wrong.getMessage());
        }
    }

    private static @Nullable Path configFile(String[] arguments) {
        if (arguments.length == 2 && arguments[0].equals("--config")) {
            return Path.of(arguments[1]);
        }
        if (arguments.length > 0) {
            throw new InvalidConfiguration("arguments are [--config FILE], not " + String.join(" ", arguments));
        }
        String fromEnvironment = System.getenv("KVORUM_CONFIG");
        return fromEnvironment == null ? null : Path.of(fromEnvironment);
    }

    private static void run(ServerConfig config) {
        NodeServer server = new NodeServer(config, () -> Runtime.getRuntime().halt(FAILED));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        server.start()
                .onSuccess(started -> LOG.info("node {} is up", config.node().name()))
                .onFailure(failure -> fail(failure));
    }

    private static void fail(Throwable failure) {
        switch (failure) {
            case SetUpException wrong -> exit(WRONG_SET_UP, wrong.getMessage());
            default -> {
                LOG.error("the node cannot start", failure);
                exit(FAILED, "the node cannot start: " + failure);
            }
        }
    }

    /** Ends the process itself: the JVM would call a stop that was asked for by a signal a failure. */
    private static void stop(NodeServer server) {
        CountDownLatch stopped = new CountDownLatch(1);
        server.stop().onComplete(done -> stopped.countDown());
        int code = FAILED;
        try {
            if (stopped.await(STOP_LIMIT_S, TimeUnit.SECONDS)) {
                code = STOPPED;
            } else {
                LOG.warn("the node did not stop within {} s", STOP_LIMIT_S);
            }
        } catch (InterruptedException interrupted) {
            LOG.warn("the stop of the node was interrupted");
        }
        Runtime.getRuntime().halt(code);
    }

    private static void exit(int code, @Nullable String message) {
        System.err.println("kv-node: " + message);
        Runtime.getRuntime().halt(code);
    }
}
