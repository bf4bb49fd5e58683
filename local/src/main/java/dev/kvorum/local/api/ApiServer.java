package dev.kvorum.local.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.objects.Objects;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The API server stand-in on a loopback port. The port is taken when this is made, so that clients may start meanwhile;
 * requests wait until {@link #start}. Each request has a virtual thread.
 */
public final class ApiServer implements AutoCloseable {

    static {
        // Without it every reply waits for the client's delayed acknowledgement, some 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Takes the port.
     *
     * @param port 0 for any free one
     * @throws IOException when another program has the port
     */
    public ApiServer(int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpServer.create(new InetSocketAddress(loopback, port), 128);
        server.setExecutor(threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The address for kubeconfigs. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Answers from now on; everyone may do everything. */
    public void start(Objects objects, ContainerLogs logs) {
        start(objects, logs, Guard.OPEN);
    }

    /** Answers from now on what the guard allows. */
    public void start(Objects objects, ContainerLogs logs, Guard guard) {
        Router router = new Router(objects, logs, guard);
        server.createContext("/", exchange -> handle(exchange, router));
        server.start();
    }

    private void handle(HttpExchange exchange, Router router) throws IOException {
        try (exchange) {
            reply(exchange, router).sendTo(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reply reply(HttpExchange exchange, Router router) throws IOException {
        try {
            Request request = Request.read(exchange);
            requireLocal(request);
            return router.route(request);
        } catch (ApiProblem problem) {
            return Reply.problem(problem);
        } catch (RuntimeException e) {
            System.Logger log = System.getLogger(ApiServer.class.getName());
            log.log(System.Logger.Level.ERROR, exchange.getRequestMethod() + " " + exchange.getRequestURI(), e);
            return Reply.problem(ApiProblem.of(500, "InternalError", "the stand-in failed: " + e));
        }
    }

    /** A web page can make a browser send requests here under its own name; kubectl and clients use ours. */
    private void requireLocal(Request request) {
        Set<String> ours = Set.of("127.0.0.1:" + port(), "localhost:" + port());
        String origin = request.header("Origin");
        boolean ourOrigin = origin.isEmpty() || ours.contains(origin.replaceFirst("^http://", ""));
        if (!ours.contains(request.header("Host")) || !ourOrigin) {
            throw ApiProblem.of(403, "Forbidden", "only for local clients: use " + url());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
