package dev.kvorum.local.corpus;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the corpus.
 *
 * @param row as it stands in the file
 * @param before the object that is created, with the status it is to have
 * @param after the object that it is to become; null: its creation is judged
 * @param answers what the API server complains of, sorted; empty: it accepts
 */
record Case(String row, ObjectNode before, @Nullable ObjectNode after, List<String> answers) {

    /** Without what the API server says a second time of a value that is of a wrong type. */
    List<String> answersSaidOnce() {
        return answers.stream()
                .filter(answer -> !answer.startsWith(".spec.replicas: "))
                .filter(answer -> !answer.endsWith(" must validate at least one schema (anyOf)"))
                .filter(answer -> !answer.endsWith(" must be an object for an array of list-type map"))
                .filter(answer -> !isImplied(answer))
                .toList();
    }

    private boolean isImplied(String answer) {
        return answers.contains(answer.replace("must be of type integer:", "must be of type integer,string:"))
                && answer.contains("must be of type integer:");
    }

    boolean isRefused() {
        return !answers.isEmpty();
    }

    @Override
    public String toString() {
        return row;
    }
}
