package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.resources.ResourceType;
import dev.kvorum.local.schema.FieldError;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Settles what an incoming object is called and checks that it is of the kind that its door is for. */
final class Identity {

    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Set<String> FREE_NAMES =
            Set.of("roles", "clusterroles", "rolebindings", "clusterrolebindings");

    private Identity() {}

    static void settleKind(ResourceType type, ObjectNode object) {
        expect("API version", type.groupVersion().toString(), Json.text(object, "apiVersion"));
        expect("kind", type.kind(), Json.text(object, "kind"));
        object.put("apiVersion", type.groupVersion().toString()).put("kind", type.kind());
    }

    private static void expect(String what, String expected, String given) {
        if (!given.isEmpty() && !given.equals(expected)) {
            throw ApiProblem.badRequest("the " + what + " in the data (" + given + ") does not match the expected "
                    + what + " (" + expected + ")");
        }
    }

    static void settleNamespace(ResourceType type, ObjectNode object, String namespace) {
        String given = Meta.namespace(object);
        if (!type.isNamespaced()) {
            Meta.metadata(object).remove("namespace");
        } else if (!given.isEmpty() && !given.equals(namespace)) {
            throw ApiProblem.badRequest("the namespace of the provided object does not match the namespace sent on"
                    + " the request (" + given + " and " + namespace + ")");
        } else {
            Meta.metadata(object).put("namespace", namespace);
        }
    }

    static void settleName(ObjectNode object) {
        String prefix = Json.text(object, "metadata", "generateName");
        if (Meta.name(object).isEmpty() && !prefix.isEmpty()) {
            StringBuilder name = new StringBuilder(prefix);
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (int i = 0; i < 5; i++) {
                name.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
            }
            Meta.metadata(object).put("name", name.toString());
        }
    }

    static Optional<FieldError> checkName(ResourceType type, ObjectNode object) {
        String name = Meta.name(object);
        if (name.isEmpty()) {
            return Optional.of(FieldError.required("metadata.name", "name or generateName is required"));
        }
        if (FREE_NAMES.contains(type.plural())) {
            return Optional.empty();
        }
        boolean isService = type.plural().equals("services");
        boolean holds = isService
                ? LABEL.matcher(name).matches() && name.length() <= 63
                : SUBDOMAIN.matcher(name).matches() && name.length() <= 253;
        String rule = isService
                ? "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                        + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',"
                        + "  or 'abc-123',"
                        + " regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
                : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                        + " and must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                        + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
        return holds
                ? Optional.empty()
                : Optional.of(FieldError.invalid(
                        "metadata.name", object.path("metadata").path("name"), rule));
    }
}
