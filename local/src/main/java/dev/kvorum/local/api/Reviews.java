package dev.kvorum.local.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.ApiProblem;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.resources.ResourceTypes;
import java.util.List;
import java.util.Set;

/** Questions about who may do what: there is one user here, and it may do what the guard allows. */
final class Reviews {

    private static final Set<String> REVIEWS = Set.of(
            "selfsubjectaccessreviews",
            "subjectaccessreviews",
            "localsubjectaccessreviews",
            "selfsubjectreviews",
            "selfsubjectrulesreviews");
    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

    private final ResourceTypes types;
    private final Guard guard;

    Reviews(ResourceTypes types, Guard guard) {
        this.types = types;
        this.guard = guard;
    }

    static boolean isReview(String group, String resource) {
        return Set.of("authorization.k8s.io", "authentication.k8s.io").contains(group) && REVIEWS.contains(resource);
    }

    Reply answer(Request request) {
        if (!request.method().equals("POST")) {
            throw ApiProblem.notAllowed(request.method(), "reviews");
        }
        ObjectNode review = request.bodyObject();
        ObjectNode status = Json.object();
        if (Json.text(review, "kind").equals("SelfSubjectReview")) {
            ObjectNode user = status.putObject("userInfo").put("username", "local");
            user.putArray("groups").add("system:masters");
        } else if (Json.text(review, "kind").equals("SelfSubjectRulesReview")) {
            rules(request, Json.text(review, "spec", "namespace"), status);
        } else {
            status.put("allowed", true).put("reason", "the local stand-in has one user, who may do everything");
        }
        review.set("status", status);
        return new Reply.Document(201, review, List.of());
    }

    /** One rule per kind, with the verbs that the guard allows. */
    private void rules(Request request, String namespace, ObjectNode status) {
        ArrayNode rules = status.putArray("resourceRules");
        for (ResourceType type : types.all()) {
            ObjectNode rule = Json.object();
            rule.putArray("apiGroups").add(type.group());
            rule.putArray("resources").add(type.plural());
            ArrayNode verbs = rule.putArray("verbs");
            VERBS.stream()
                    .filter(verb -> guard.allows(
                            new ApiCall(request.agent(), verb, type.group(), type.plural(), namespace, "")))
                    .forEach(verbs::add);
            if (!verbs.isEmpty()) {
                rules.add(rule);
            }
        }
        status.putArray("nonResourceRules");
        status.put("incomplete", false);
    }
}
