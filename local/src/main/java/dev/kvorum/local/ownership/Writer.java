package dev.kvorum.local.ownership;

/**
 * In whose name an object is written.
 *
 * @param manager the field manager, such as {@code kubectl-edit}
 * @param operation how
 * @param apiVersion in which version
 * @param subresource through which door: "" or {@code status}
 */
public record Writer(String manager, Operation operation, String apiVersion, String subresource) {

    /** The words of {@code managedFields}. */
    public enum Operation {
        APPLY("Apply"),
        UPDATE("Update");

        private final String word;

        Operation(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
