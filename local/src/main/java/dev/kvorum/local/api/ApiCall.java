package dev.kvorum.local.api;

import java.util.List;
import java.util.stream.Stream;

/**
 * One request on objects, in the words of access rules.
 *
 * @param agent the program that asks, as it calls itself, without its version
 * @param verb {@code get}, {@code list}, {@code watch}, {@code create}, {@code update}, {@code patch}, {@code delete}
 *     or {@code deletecollection}
 * @param group of the API; empty for the core
 * @param resource the plural, with its door: {@code kvclusters/status}
 * @param namespace empty for all, and for objects outside of namespaces
 * @param name empty for a collection
 */
public record ApiCall(String agent, String verb, String group, String resource, String namespace, String name) {

    static ApiCall of(Request request, Target target, List<String> doors) {
        boolean isCollection = target.name().isEmpty();
        String verb = switch (request.method()) {
            case "GET" -> request.has("watch") ? "watch" : isCollection ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> isCollection ? "deletecollection" : "delete";
            default -> request.method();
        };
        return new ApiCall(
                request.agent(),
                verb,
                target.type().group(),
                String.join(
                        "/",
                        Stream.concat(Stream.of(target.type().plural()), doors.stream())
                                .toList()),
                target.namespace(),
                target.name());
    }

    /** An apply that makes an object is also a creation. */
    ApiCall asCreation() {
        return new ApiCall(agent, "create", group, resource, namespace, name);
    }
}
