package dev.kvorum.server.admin;

import dev.kvorum.server.json.Problem;
import dev.kvorum.server.web.Refused;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Lets a request pass whose method its path has. */
final class Methods {

    private Methods() {}

    static HttpServerRequest gotten(HttpServerRequest request) {
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        return reads ? request : refuse(request, "GET, HEAD");
    }

    static HttpServerRequest posted(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST) ? request : refuse(request, "POST");
    }

    static HttpServerRequest put(HttpServerRequest request) {
        return request.method().equals(HttpMethod.PUT) ? request : refuse(request, "PUT");
    }

    private static HttpServerRequest refuse(HttpServerRequest request, String instead) {
        request.response().putHeader("Allow", instead);
        throw new Refused(
                Problem.of(405, "method_not_allowed", request.method() + " is not possible here; use " + instead));
    }
}
