package dev.kvorum.core.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws over random logs; {@code -Dauthority.seed=S} replays one. */
class RulesPropertyTest {

    private static final long FIRST = Long.getLong("authority.seed", 0);
    private static final int SEEDS = Integer.getInteger("authority.seeds", FIRST == 0 ? 400 : 1);
    private static final int SEEDS_PER_FLAW = 500;

    /** Mistakes of the machine; those of the rules are all others. */
    static final Set<AuthorityFlaw> OF_THE_MACHINE = EnumSet.of(
            AuthorityFlaw.ADOPTED_BEFORE_STORED,
            AuthorityFlaw.ANSWERED_BEFORE_COMMITTED,
            AuthorityFlaw.REPORTED_BEFORE_SETTLED,
            AuthorityFlaw.INDEX_AHEAD_OF_STATE);

    static Set<AuthorityFlaw> ofTheRules() {
        return EnumSet.complementOf(EnumSet.copyOf(OF_THE_MACHINE));
    }

    @Test
    void everyLogKeepsTheLaws() {
        Map<String, Integer> answers = new TreeMap<>();
        int entries = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            entries += tell(seed, new TreeSet<>(), answers);
        }
        System.out.println("authority: " + SEEDS + " logs, " + entries + " entries; " + answers);
        for (RefusalCode code : EnumSet.complementOf(EnumSet.of(RefusalCode.TOO_LATE))) {
            boolean met = answers.containsKey(code.name()) || SEEDS < 400;
            assertThat(met).as("some log meets %s", code).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("ofTheRules")
    void everyPlantedMistakeIsCaught(AuthorityFlaw flaw) {
        for (long seed = 0; seed < SEEDS_PER_FLAW; seed++) {
            try {
                tell(seed, Set.of(flaw), new TreeMap<>());
            } catch (LawBook.Broken caught) {
                System.out.println(flaw + " is caught by seed " + seed + ": " + caught.getMessage());
                return;
            }
        }
        throw new AssertionError(flaw + " goes unnoticed in " + SEEDS_PER_FLAW + " seeds");
    }

    @Test
    void equalLogsGiveEqualStatesAlsoThroughSnapshotsAtAnyPlace() {
        for (long seed = 0; seed < 150; seed++) {
            List<Submission> log = log(seed);
            Rules rules = Rules.standard();
            AuthorityState straight = AuthorityState.EMPTY;
            AuthorityState stored = AuthorityState.EMPTY;
            StoredState disk = StoredState.EMPTY;
            for (int i = 0; i < log.size(); i++) {
                straight = rules.apply(
                                straight, i + 1, Submission.decode(log.get(i).encode()))
                        .state();
                stored = rules.apply(stored, i + 1, log.get(i)).state();
                StateForm.Snapshot snapshot = new StateForm.Snapshot(i + 1, 1, stored);
                disk = disk.with(StoreBatch.decode(
                        StateForm.batch(disk.sections(), snapshot).encode()));
                stored = i % 2 == 0
                        ? disk.read().state()
                        : StateForm.decode(StateForm.encode(snapshot)).state();
                assertThat(stored).as("seed %d, entry %d", seed, i).isEqualTo(straight);
                assertThat(disk.index()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void retriesInAnyOrderChangeNothingAndGetTheFirstAnswer() {
        for (long seed = 0; seed < 150; seed++) {
            List<Submission> log = log(seed);
            Rules rules = Rules.standard();
            Story order = new Story(seed + 1_000_000);
            AuthorityState state = AuthorityState.EMPTY;
            Map<CommandId, Answer> first = new HashMap<>();
            long index = 0;
            for (int i = 0; i < log.size(); i++) {
                Rules.Applied applied = rules.apply(state, ++index, log.get(i));
                state = applied.state();
                first.putIfAbsent(log.get(i).id(), applied.answer());
                Submission again = log.get(order.random().nextInt(i + 1));
                if (again.command().isRemembered()) {
                    Rules.Applied repeated = rules.apply(state, ++index, again);
                    assertThat(repeated.state())
                            .as("seed %d, entry %d", seed, i)
                            .isEqualTo(state);
                    assertThat(repeated.answer()).isEqualTo(first.get(again.id()));
                }
            }
        }
    }

    private static List<Submission> log(long seed) {
        Story story = new Story(seed);
        List<Submission> log = new ArrayList<>();
        AuthorityState state = AuthorityState.EMPTY;
        for (int i = 0; i < 80; i++) {
            Submission entry = i == 0 ? story.founding() : story.next(state, i);
            log.add(entry);
            state = Rules.standard().apply(state, i + 1, entry).state();
        }
        return log;
    }

    /** A log, and then a recovery from an earlier place of it, as if the tail had been lost with the majority. */
    private static int tell(long seed, Set<AuthorityFlaw> flaws, Map<String, Integer> answers) {
        Story story = new Story(seed);
        boolean isLong = seed % 50 == 7;
        Log log = new Log(Rules.withFlaws(flaws), answers);
        log.add(story.early());
        log.add(story.founding());
        int entries = isLong ? 3_500 : story.random().nextInt(20, 200);
        int lostAt = story.random().nextInt(entries);
        Log survivor = log.fork();
        for (int i = 0; i < entries; i++) {
            if (i == lostAt) {
                survivor = log.fork();
            }
            log.add(story.next(log.state, log.index));
        }
        Command recovery = story.recovery(survivor.state);
        Answer recovered = survivor.add(new Submission(new CommandId(seed, -1), survivor.index, 0, recovery));
        for (int i = 0; i < 30 && !(recovered instanceof Answer.Refused); i++) {
            survivor.add(story.next(survivor.state, survivor.index));
        }
        return entries + 32;
    }

    /** One log under the eyes of its law book. */
    private static final class Log {
        private final Rules rules;
        private final LawBook laws;
        private final Map<String, Integer> answers;
        private AuthorityState state = AuthorityState.EMPTY;
        private long index;

        Log(Rules rules, Map<String, Integer> answers) {
            this(rules, new LawBook(), answers);
        }

        private Log(Rules rules, LawBook laws, Map<String, Integer> answers) {
            this.rules = rules;
            this.laws = laws;
            this.answers = answers;
        }

        Log fork() {
            Log other = new Log(rules, laws.fork(), answers);
            other.state = state;
            other.index = index;
            return other;
        }

        Answer add(Submission entry) {
            Rules.Applied applied = rules.apply(state, ++index, entry);
            String kind = applied.answer() instanceof Answer.Refused refused
                    ? refused.code().name()
                    : applied.answer().getClass().getSimpleName();
            answers.merge(kind, 1, Integer::sum);
            laws.check(state, entry, applied.answer(), applied.state());
            state = applied.state();
            return applied.answer();
        }
    }
}
