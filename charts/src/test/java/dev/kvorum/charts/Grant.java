package dev.kvorum.charts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.api.ApiCall;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/** The least that a role can allow: a verb on a resource, with its door, of a group. */
record Grant(String group, String resource, String verb) implements Comparable<Grant> {

    private static final Comparator<Grant> ORDER =
            Comparator.comparing(Grant::group).thenComparing(Grant::resource).thenComparing(Grant::verb);

    static Grant of(ApiCall call) {
        return new Grant(call.group(), call.resource(), call.verb());
    }

    /** All that the rules of a Role or ClusterRole allow. */
    static SortedSet<Grant> of(JsonNode role) {
        var grants = new TreeSet<Grant>();
        for (JsonNode rule : role.path("rules")) {
            for (JsonNode group : rule.path("apiGroups")) {
                for (JsonNode resource : rule.path("resources")) {
                    rule.path("verbs")
                            .forEach(verb -> grants.add(new Grant(group.asText(), resource.asText(), verb.asText())));
                }
            }
        }
        return grants;
    }

    /** Whether this says that it is missing: in the words of the server, or of the client whose watch it refused. */
    boolean isComplaint(String line) {
        return line.contains("cannot %s resource \"%s\"".formatted(verb, resource))
                || (verb.equals("watch") && line.contains("Received 403") && line.contains("/" + resource + "?"));
    }

    @Override
    public int compareTo(Grant other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
}
