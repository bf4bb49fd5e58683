package dev.kvorum.local.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import dev.kvorum.local.cel.Expressions.OldSelf;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.FieldError;
import dev.kvorum.local.schema.FieldError.Reason;
import dev.kvorum.local.schema.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One compiled validation rule. */
final class Rule {

    private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

    private final JsonNode source;
    private final String text;
    private final OldSelf oldSelf;
    private final Program program;
    private final @Nullable Program message;

    private Rule(JsonNode source, OldSelf oldSelf, Program program, @Nullable Program message) {
        this.source = source;
        this.text = Json.text(source, "rule").strip();
        this.oldSelf = oldSelf;
        this.program = program;
        this.message = message;
    }

    static Rule compile(JsonNode source, String path) {
        OldSelf oldSelf = source.path("optionalOldSelf").asBoolean() ? OldSelf.OPTIONAL : OldSelf.PLAIN;
        String expression = Json.textOrNull(source, "messageExpression");
        return new Rule(
                source,
                oldSelf,
                Expressions.compile(path, Json.text(source, "rule"), oldSelf),
                expression == null ? null : Expressions.compile(path, expression, oldSelf));
    }

    /** A complaint, or nothing when the rule holds or does not apply to a value that has no predecessor. */
    Optional<FieldError> check(Schema schema, JsonNode value, @Nullable JsonNode old, String path) {
        boolean isTransition = OLD_SELF.matcher(text).find();
        if (isTransition && old == null && oldSelf == OldSelf.PLAIN) {
            return Optional.empty();
        }
        Map<String, Object> variables = variables(schema, value, old);
        try {
            Object holds = program.eval(variables);
            return holds.equals(true) ? Optional.empty() : Optional.of(complaint(schema, path, messageFor(variables)));
        } catch (CelEvaluationException e) {
            return Optional.of(complaint(schema, path, e.getMessage() + " evaluating rule: " + plainMessage()));
        }
    }

    private Map<String, Object> variables(Schema schema, JsonNode value, @Nullable JsonNode old) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("self", CelValues.of(schema, value));
        Optional<Object> before = Optional.ofNullable(old).map(node -> CelValues.of(schema, node));
        switch (oldSelf) {
            case PLAIN -> before.ifPresent(present -> variables.put("oldSelf", present));
            case OPTIONAL -> variables.put("oldSelf", before);
        }
        return variables;
    }

    private String messageFor(Map<String, Object> variables) {
        if (message == null) {
            return plainMessage();
        }
        try {
            String said = String.valueOf(message.eval(variables)).strip();
            return said.isEmpty() || said.contains("\n") ? plainMessage() : said;
        } catch (CelEvaluationException e) {
            // As the API server does: a message that cannot be computed must not hide the failed rule.
            return plainMessage();
        }
    }

    private String plainMessage() {
        String said = Json.text(source, "message").strip();
        return said.isEmpty() ? "failed rule: " + text : said;
    }

    private FieldError complaint(Schema schema, String path, String said) {
        String place = path + Json.text(source, "fieldPath");
        String at = place.isEmpty() ? FieldError.ROOT : place.startsWith(".") ? place.substring(1) : place;
        return switch (Json.text(source, "reason")) {
            case "FieldValueForbidden" -> FieldError.forbidden(at, said);
            case "FieldValueRequired" -> FieldError.required(at, said);
            case "FieldValueDuplicate" -> new FieldError(at, Reason.DUPLICATE, shown(schema) + ": " + said);
            default -> new FieldError(at, Reason.INVALID, shown(schema) + ": " + said);
        };
    }

    /** The API server shows the type that the schema names, which is none for an integer or string. */
    private static String shown(Schema schema) {
        return '"' + schema.type() + '"';
    }
}
