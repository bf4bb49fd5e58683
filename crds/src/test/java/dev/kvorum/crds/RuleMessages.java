package dev.kvorum.crds;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What each rule of the definition says when it is broken: the first such answer in the corpus of refusals. */
final class RuleMessages {

    private static final Path CORPUS = Path.of("src/test/resources/corpus");
    private static final String ANSWER = "    ";
    private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");
    private static final Pattern SHOWN_VALUE = Pattern.compile("^.*?: Invalid value: (?:\"[a-z]*\"|null): ");

    private final List<String> answers = answers();
    private final Map<String, Optional<String>> byRule = new TreeMap<>();

    private RuleMessages() {}

    /** By rule and its words, an example; empty where no case breaks the rule. */
    static Map<String, Optional<String>> ofAllRules() {
        var messages = new RuleMessages();
        messages.collect(CrdYaml.committed().at("/spec/versions/0/schema/openAPIV3Schema"));
        return messages.byRule;
    }

    private void collect(JsonNode schema) {
        for (JsonNode rule : schema.path("x-kubernetes-validations")) {
            String words = words(rule);
            byRule.put(
                    rule.path("rule").asText() + " " + words,
                    answers.stream()
                            .filter(answer -> answer.contains(words))
                            .map(answer -> SHOWN_VALUE.matcher(answer).replaceFirst(""))
                            .findFirst());
        }
        schema.forEach(this::collect);
    }

    /** The longest part of a message that is the same whatever the value is. */
    private static String words(JsonNode rule) {
        if (rule.has("message")) {
            return rule.path("message").asText();
        }
        Matcher literals = LITERAL.matcher(rule.path("messageExpression").asText());
        return literals.results()
                .map(found -> found.group(1).replace("\\'", "'"))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    private static List<String> answers() {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted()
                    .flatMap(RuleMessages::lines)
                    .filter(line -> line.startsWith(ANSWER))
                    .map(String::strip)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
