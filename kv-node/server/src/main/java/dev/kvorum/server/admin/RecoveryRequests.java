package dev.kvorum.server.admin;

import dev.kvorum.core.request.Outcome;
import dev.kvorum.server.door.ClusterControl;
import dev.kvorum.server.door.ClusterControl.Recovery;
import dev.kvorum.server.json.CommandJson;
import dev.kvorum.server.json.InvalidJson;
import dev.kvorum.server.json.JsonText;
import dev.kvorum.server.json.Problem;
import dev.kvorum.server.web.Answers;
import dev.kvorum.server.web.BodyReader;
import io.vertx.core.http.HttpServerRequest;

/** The way back when most voters of the authority are gone for good. */
final class RecoveryRequests {

    private static final int MOST_BYTES = 65_536;

    private final ClusterControl control;

    RecoveryRequests(ClusterControl control) {
        this.control = control;
    }

    void recover(HttpServerRequest request) {
        BodyReader.read(
                request,
                MOST_BYTES,
                body -> {
                    try {
                        recover(request, CommandJson.recover(body));
                    } catch (InvalidJson invalid) {
                        Answers.problem(request, Problem.badRequest(invalid.detail()));
                    }
                },
                refused -> Answers.problem(request, refused.problem()));
    }

    private void recover(HttpServerRequest request, CommandJson.Recover asked) {
        control.recover(asked.clusterId(), asked.generation())
                .onSuccess(recovery -> answer(request, recovery))
                .onFailure(failure -> Answers.problem(
                        request,
                        new Problem(500, "storage_failed", "it was not kept: " + failure, Outcome.UNKNOWN, 0)));
    }

    private static void answer(HttpServerRequest request, Recovery recovery) {
        switch (recovery) {
            case Recovery.Begun(long generation, long applied) -> {
                JsonText json = new JsonText().beginObject();
                json.field("generation", generation);
                json.field("applied", applied);
                Answers.json(request, json.endObject().toBytes());
            }
            case Recovery.Refused(String detail) ->
                Answers.problem(request, Problem.of(409, "recovery_refused", detail));
        }
    }
}
