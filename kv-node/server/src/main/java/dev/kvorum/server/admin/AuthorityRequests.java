package dev.kvorum.server.admin;

import dev.kvorum.core.authority.Cause;
import dev.kvorum.core.authority.Command;
import dev.kvorum.core.ring.NodeId;
import dev.kvorum.server.door.AuthorityControl;
import dev.kvorum.server.json.CommandJson;
import dev.kvorum.server.json.InvalidJson;
import dev.kvorum.server.json.Problem;
import dev.kvorum.server.web.Answers;
import dev.kvorum.server.web.BodyReader;
import dev.kvorum.server.web.Refused;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What only the authority can decide. Any node takes these, and brings them to the one that leads. */
final class AuthorityRequests {

    /** Under which session an operator asks; a person sends none. */
    static final String SESSION = "Kvorum-Operator-Session";

    private static final int BODY_MOST_BYTES = 65_536;
    private static final String BUCKETS = "/admin/v1/buckets";
    private static final Pattern BUCKET = Pattern.compile("/admin/v1/buckets/([^/]*)");
    private static final Pattern LOSS = Pattern.compile("/admin/v1/shards/([^/]*)/accept-loss");
    private static final Pattern LOST = Pattern.compile("/admin/v1/members/([^/]*)/lost");

    private final AuthorityControl authority;

    AuthorityRequests(AuthorityControl authority) {
        this.authority = authority;
    }

    /** Answers a request, or throws {@link Refused} before it has begun to; false when the path is none of these. */
    boolean handle(HttpServerRequest request, String path) {
        switch (path) {
            case "/admin/v1/operator/sessions" -> decide(Methods.posted(request), CommandJson::openSession);
            case BUCKETS -> decide(Methods.posted(request), CommandJson::declareBucket);
            default -> {
                return handleNamed(request, path);
            }
        }
        return true;
    }

    private boolean handleNamed(HttpServerRequest request, String path) {
        String bucket = named(BUCKET, path);
        String shard = named(LOSS, path);
        String member = named(LOST, path);
        if (bucket != null) {
            decide(Methods.put(request), body -> CommandJson.alterBucket(bucket, body));
        } else if (shard != null) {
            int number = shardInPath(shard);
            decide(Methods.posted(request), body -> CommandJson.acceptLoss(number, body));
        } else if (member != null) {
            NodeId node = memberInPath(member);
            Cause cause = session(request) == 0 ? Cause.PERSON : Cause.VOLUME_GONE;
            decide(Methods.posted(request), body -> CommandJson.declareLost(node, cause, body));
        }
        return bucket != null || shard != null || member != null;
    }

    private static @Nullable String named(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static int shardInPath(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw Refused.badRequest(
                    "shard in the path is \"" + text + "\"; use a number, as GET /admin/v1/ring has it");
        }
        return Integer.parseInt(text);
    }

    private static NodeId memberInPath(String text) {
        try {
            return NodeId.parse(text);
        } catch (IllegalArgumentException invalid) {
            throw Refused.badRequest("member in the path: " + invalid.getMessage());
        }
    }

    private void decide(HttpServerRequest request, Function<byte[], Command> reader) {
        long session = session(request);
        BodyReader.read(
                request,
                BODY_MOST_BYTES,
                body -> {
                    try {
                        decide(request, session, reader.apply(body));
                    } catch (InvalidJson invalid) {
                        Answers.problem(request, Problem.badRequest(invalid.detail()));
                    }
                },
                refused -> Answers.problem(request, refused.problem()));
    }

    private void decide(HttpServerRequest request, long session, Command command) {
        authority
                .decide(session, command)
                .onSuccess(decision -> AuthorityAnswers.send(request, decision))
                .onFailure(failure -> AuthorityAnswers.failed(request, failure));
    }

    private static long session(HttpServerRequest request) {
        List<String> sent = request.headers().getAll(SESSION);
        if (sent.isEmpty()) {
            return 0;
        }
        String number = String.join(", ", sent);
        if (!number.matches("[1-9][0-9]{0,17}")) {
            throw Refused.badRequest("header " + SESSION + " is \"" + number
                    + "\"; send once the number that POST /admin/v1/operator/sessions answered");
        }
        return Long.parseLong(number);
    }
}
