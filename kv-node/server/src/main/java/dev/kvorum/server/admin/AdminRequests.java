package dev.kvorum.server.admin;

import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.core.request.Outcome;
import dev.kvorum.core.ring.Bootstrap;
import dev.kvorum.core.ring.Ring;
import dev.kvorum.server.config.AdminConfig;
import dev.kvorum.server.door.ClusterControl;
import dev.kvorum.server.door.ClusterControl.Founding;
import dev.kvorum.server.door.Founded;
import dev.kvorum.server.door.NodeView;
import dev.kvorum.server.door.Reading;
import dev.kvorum.server.json.BootstrapJson;
import dev.kvorum.server.json.InvalidJson;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.json.Problem;
import dev.kvorum.server.metrics.Metrics;
import dev.kvorum.server.web.Answers;
import dev.kvorum.server.web.BodyReader;
import dev.kvorum.server.web.Query;
import dev.kvorum.server.web.Refused;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Supplier;

/** Finds out what an administrator asks for. */
final class AdminRequests {

    private static final String NOTHING_THERE =
            "there is nothing at this path; there are /health/started, /health/live, /health/ready, /metrics, "
                    + "and under /admin/v1 node, members, ring, stats, cluster, drain, recover, operator/sessions, "
                    + "buckets, buckets/NAME, shards/NUMBER/accept-loss and members/ID/lost";
    private static final int DOCUMENT_MOST_BYTES = 1_048_576;
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int STARTING_RETRY_MS = 200;

    private final NodeView node;
    private final Supplier<List<Reading>> figures;
    private final NodeDocuments documents;
    private final StatsDocument stats;
    private final Metrics metrics;
    private final ClusterControl control;
    private final AuthorityRequests authority;
    private final RecoveryRequests recovery;
    private final AdminToken token;
    private final int stuckLoopMs;

    /** What can be looked at. */
    record Shown(
            NodeView node,
            Supplier<List<Reading>> figures,
            NodeDocuments documents,
            StatsDocument stats,
            Metrics metrics) {}

    AdminRequests(Shown shown, ClusterControl control, AuthorityRequests authority, AdminConfig config) {
        this.node = shown.node();
        this.figures = shown.figures();
        this.documents = shown.documents();
        this.stats = shown.stats();
        this.metrics = shown.metrics();
        this.control = control;
        this.authority = authority;
        this.recovery = new RecoveryRequests(control);
        this.token = new AdminToken(config.adminTokenFile());
        this.stuckLoopMs = config.stuckLoopMs();
    }

    /** Answers a request, or throws {@link Refused} before it has begun to. */
    void handle(HttpServerRequest request) {
        String uri = request.uri();
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        if (path.startsWith("/admin/")) {
            token.check(request);
        }
        Query.of(question < 0 ? null : uri.substring(question + 1)).end();
        if (!isAnswered(request, path) && !authority.handle(request, path)) {
            throw new Refused(Problem.of(404, "path_unknown", NOTHING_THERE));
        }
    }

    private boolean isAnswered(HttpServerRequest request, String path) {
        switch (path) {
            case "/health/started" -> Health.started(Methods.gotten(request), node.standing());
            case "/health/live" -> Health.live(Methods.gotten(request), node.stillForMs(), stuckLoopMs);
            case "/health/ready" -> Health.ready(Methods.gotten(request), node.standing());
            case "/metrics" ->
                Answers.send(Methods.gotten(request), 200, METRICS_TYPE, JsonText.utf8(metrics.scrape(figures.get())));
            case "/admin/v1/node" -> Answers.json(Methods.gotten(request), documents.node());
            case "/admin/v1/members" -> Answers.json(Methods.gotten(request), documents.members());
            case "/admin/v1/ring" -> Answers.json(Methods.gotten(request), documents.ring(ring()));
            case "/admin/v1/stats" -> Answers.json(Methods.gotten(request), stats.toBytes());
            case "/admin/v1/cluster" -> found(Methods.posted(request));
            case "/admin/v1/recover" -> recovery.recover(Methods.posted(request));
            case "/admin/v1/drain" -> drain(Methods.posted(request));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void found(HttpServerRequest request) {
        BodyReader.read(
                request,
                DOCUMENT_MOST_BYTES,
                body -> {
                    try {
                        found(request, BootstrapJson.read(body));
                    } catch (InvalidJson invalid) {
                        Answers.problem(request, Problem.badRequest(invalid.detail()));
                    }
                },
                refused -> Answers.problem(request, refused.problem()));
    }

    private void found(HttpServerRequest request, Bootstrap document) {
        control.found(document)
                .onSuccess(founding -> answer(request, founding))
                .onFailure(failure -> Answers.problem(
                        request,
                        new Problem(
                                500, "storage_failed", "the document was not kept: " + failure, Outcome.UNKNOWN, 0)));
    }

    private static void answer(HttpServerRequest request, Founding founding) {
        switch (founding) {
            case Founding.Accepted(Ring ring) -> {
                JsonText json = new JsonText().beginObject();
                json.field("clusterId", ring.clusterId());
                json.field("epoch", ring.epoch());
                json.field("ringHash", ring.hashText());
                Answers.json(request, json.endObject().toBytes());
            }
            case Founding.Conflict(String detail) ->
                Answers.problem(request, Problem.of(409, "cluster_conflict", detail));
            case Founding.ForeignNode(String detail) ->
                Answers.problem(request, Problem.of(409, "foreign_node", detail));
            case Founding.Refused(String detail) ->
                Answers.problem(
                        request,
                        new Problem(503, ErrorCode.STARTING.word(), detail, Outcome.NOT_APPLIED, STARTING_RETRY_MS));
        }
    }

    private void drain(HttpServerRequest request) {
        control.drain()
                .onSuccess(done -> Answers.json(request, JsonText.utf8("{\"status\":\"drained\"}")))
                .onFailure(failure -> Answers.problem(
                        request, new Problem(500, "drain_failed", String.valueOf(failure), Outcome.UNKNOWN, 0)));
    }

    private Ring ring() {
        Founded founded = node.founded();
        if (founded == null) {
            throw new Refused(new Problem(
                    503,
                    ErrorCode.STARTING.word(),
                    "this node has no ring yet: it is "
                            + node.standing().state().word(),
                    Outcome.NOT_APPLIED,
                    STARTING_RETRY_MS));
        }
        return founded.ring();
    }
}
