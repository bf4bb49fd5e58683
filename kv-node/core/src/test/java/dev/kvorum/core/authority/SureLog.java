package dev.kvorum.core.authority;

import dev.kvorum.core.authority.AuthorityInput.Agreed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A log that is right by construction, with what every entry came to, under the eyes of a law book. */
final class SureLog {

    private final Rules rules;
    private final LawBook laws = new LawBook();
    private final List<Agreed> entries = new ArrayList<>();
    private final List<AuthorityState> states = new ArrayList<>(List.of(AuthorityState.EMPTY));
    private final List<Answer> answers = new ArrayList<>();

    SureLog(Set<AuthorityFlaw> flaws) {
        rules = Rules.withFlaws(flaws);
    }

    long size() {
        return entries.size();
    }

    AuthorityState latest() {
        return states.getLast();
    }

    AuthorityState stateAt(long index) {
        return states.get((int) index);
    }

    Answer answerAt(long index) {
        return answers.get((int) index - 1);
    }

    List<Answer> answers() {
        return answers;
    }

    /** The entries above {@code applied} up to {@code index}. */
    List<Agreed> between(long applied, long index) {
        return entries.subList((int) applied, (int) index);
    }

    void append(long term, @Nullable Submission submission) {
        long index = size() + 1;
        entries.add(new Agreed(index, term, submission));
        AuthorityState before = latest();
        if (submission == null) {
            states.add(before);
            answers.add(new Answer.Done(0));
            return;
        }
        Rules.Applied applied = rules.apply(before, index, submission);
        laws.check(before, submission, applied.answer(), applied.state());
        states.add(applied.state());
        answers.add(applied.answer());
    }
}
