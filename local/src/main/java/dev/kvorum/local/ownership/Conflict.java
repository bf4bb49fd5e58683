package dev.kvorum.local.ownership;

/**
 * A field that an apply would change although another manager set it.
 *
 * @param field such as {@code .spec.replicas}
 * @param manager who set it
 * @param apiVersion the version that manager wrote
 */
public record Conflict(String field, String manager, String apiVersion) {

    /** The form {@code "kubectl-edit" using apps/v1} of messages. */
    public String withWhom() {
        return "\"" + manager + "\" using " + apiVersion;
    }
}
