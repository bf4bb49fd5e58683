package dev.kvorum.local.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One reason why an object is invalid, in the words of the Kubernetes API.
 *
 * @param path the field, such as {@code spec.zones[0].name}
 * @param reason the machine-readable reason
 * @param detail the rest of the sentence, after the reason's own words
 */
public record FieldError(String path, Reason reason, String detail) {

    /** How the API server names the object itself. */
    public static final String ROOT = "<nil>";

    /** The reasons of {@code metav1.CauseType} that a schema or a rule can give, with the words they start with. */
    public enum Reason {
        REQUIRED("FieldValueRequired", "Required value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many");

        private final String code;
        private final String words;

        Reason(String code, String words) {
            this.code = code;
            this.words = words;
        }

        public String code() {
            return code;
        }

        /** Whether rules cannot be judged any more, because what they look at may be of another shape. */
        boolean isBlocking() {
            return switch (this) {
                case REQUIRED, TYPE_INVALID, NOT_SUPPORTED, TOO_LONG, TOO_MANY -> true;
                case INVALID, DUPLICATE, FORBIDDEN -> false;
            };
        }
    }

    /** Said once where rules were not judged. */
    public static FieldError rulesNotChecked() {
        return new FieldError(
                ROOT,
                Reason.INVALID,
                "null: some validation rules were not checked because the object was invalid;"
                        + " correct the existing errors"
                        + " to complete validation");
    }

    /** Whether rules can be judged although there are these complaints. */
    public static boolean leaveRulesMeaningful(List<FieldError> errors) {
        return errors.stream().noneMatch(error -> error.reason.isBlocking());
    }

    public static FieldError invalid(String path, JsonNode value, String message) {
        return new FieldError(path, Reason.INVALID, shown(value) + ": " + message);
    }

    public static FieldError required(String path, String message) {
        return new FieldError(path, Reason.REQUIRED, message);
    }

    public static FieldError forbidden(String path, String message) {
        return new FieldError(path, Reason.FORBIDDEN, message);
    }

    /** The message without the path: {@code Invalid value: 3: must be a power of two}. */
    public String message() {
        return detail.isEmpty() ? reason.words : reason.words + ": " + detail;
    }

    @Override
    public String toString() {
        return path.isEmpty() ? message() : path + ": " + message();
    }

    /** Objects and lists are named by their type, as the API server does, so that messages stay readable. */
    static String shown(JsonNode value) {
        if (value.isObject()) {
            return "\"object\"";
        }
        if (value.isArray()) {
            return "\"array\"";
        }
        return value.toString();
    }
}
