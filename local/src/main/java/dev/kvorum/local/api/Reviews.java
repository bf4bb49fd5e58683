package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import java.util.List;
import java.util.Set;

/** Questions about who may do what: there is one user here, and it may do everything. */
final class Reviews {

    private static final Set<String> REVIEWS = Set.of(
            "selfsubjectaccessreviews", "subjectaccessreviews", "localsubjectaccessreviews", "selfsubjectreviews");

    private Reviews() {}

    static boolean isReview(String group, String resource) {
        return Set.of("authorization.k8s.io", "authentication.k8s.io").contains(group) && REVIEWS.contains(resource);
    }

    static Reply answer(Request request) {
        if (!request.method().equals("POST")) {
            throw ApiProblem.notAllowed(request.method(), "reviews");
        }
        ObjectNode review = request.bodyObject();
        ObjectNode status = Json.object();
        if (Json.text(review, "kind").equals("SelfSubjectReview")) {
            ObjectNode user = status.putObject("userInfo").put("username", "local");
            user.putArray("groups").add("system:masters");
        } else {
            status.put("allowed", true).put("reason", "the local stand-in has one user, who may do everything");
        }
        review.set("status", status);
        return new Reply.Document(201, review, List.of());
    }
}
