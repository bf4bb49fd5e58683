package dev.kvorum.sim.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.request.Operation;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.KvObject;
import dev.kvorum.core.version.Sibling;
import dev.kvorum.core.version.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Legal histories pass, and each way to spoil one is found, whatever went before. */
class DotCheckerPropertyTest {

    private static final int LEGAL = 10_000;
    private static final int SPOILT = 1_250;

    /** What goes wrong at the end of a legal history. */
    enum Spoiler {
        ACKNOWLEDGED_WRITE_IS_LOST("I1") {
            @Override
            void spoil(Story story) {
                KvObject before = story.state;
                writeBlindly(story);
                story.state = before;
            }
        },
        UNSEEN_VALUE_IS_OVERWRITTEN("I1") {
            @Override
            void spoil(Story story) {
                writeBlindly(story);
                Attempt put = story.askToPut(Version.EMPTY);
                Sibling fresh = story.fresh(put);
                story.store(story.state.overwriteAll(fresh));
                story.acknowledge(put, fresh, story.state, 2);
            }
        },
        DOT_IS_GIVEN_TWICE("I2") {
            @Override
            void spoil(Story story) {
                Dot taken = writeBlindly(story).dot();
                story.store(KvObject.ABSENT.overwriteAll(Story.value(story.askToPut(null), taken)));
            }
        },
        VALUE_COMES_FROM_NOWHERE("I3") {
            @Override
            void spoil(Story story) {
                Attempt put = story.askToPut(null);
                KvObject object = story.state.overwriteAll(Story.value(put, new Dot(9, 1)));
                story.show(story.ask(new Operation.Read(), null), object);
            }
        },
        REPLACED_VALUE_IS_BACK("I4") {
            @Override
            void spoil(Story story) {
                Sibling old = writeBlindly(story);
                Attempt put = story.askToPut(null);
                Sibling fresh = Story.value(put, new Dot(9, 1));
                story.store(story.state.overwriteAll(fresh));
                KvObject back = KvObject.ABSENT.overwriteAll(fresh).merge(KvObject.ABSENT.write(Version.EMPTY, old));
                story.show(story.ask(new Operation.Read(), null), back);
            }
        },
        READ_IS_STALE("I5") {
            @Override
            void spoil(Story story) {
                KvObject before = story.state;
                writeBlindly(story);
                story.show(story.ask(new Operation.Read(), null), before);
            }
        },
        SESSION_GOES_BACK("I6") {
            @Override
            void spoil(Story story) {
                KvObject before = story.state;
                Sibling mine = writeBlindly(story);
                Version context = Version.EMPTY.withDot(mine.dot());
                story.show(story.ask(new Operation.Read(), context), before);
            }
        },
        REFUSED_WRITE_SURFACES("I14") {
            @Override
            void spoil(Story story) {
                Attempt put = story.askToPut(null);
                story.deny(put);
                story.store(story.state.overwriteAll(story.fresh(put)));
            }
        };

        private final String invariant;

        Spoiler(String invariant) {
            this.invariant = invariant;
        }

        abstract void spoil(Story story);

        /** An acknowledged write that replaces nothing. */
        private static Sibling writeBlindly(Story story) {
            Attempt put = story.askToPut(Version.EMPTY);
            Sibling fresh = story.fresh(put);
            story.store(story.state.write(Version.EMPTY, fresh));
            story.acknowledge(put, fresh, story.state, 2);
            return fresh;
        }
    }

    @Test
    void legalHistoriesPass() {
        int withSiblings = 0;
        for (long seed = 0; seed < LEGAL; seed++) {
            Story story = new Story(seed);
            story.tell(story.random.nextInt(30));
            story.end();
            withSiblings += story.state.siblingCount() > 1 ? 1 : 0;
        }
        assertThat(withSiblings).as("histories that end with siblings").isGreaterThan(LEGAL / 10);
    }

    @ParameterizedTest
    @EnumSource
    void spoiltHistoriesAreFound(Spoiler spoiler) {
        for (long seed = 0; seed < SPOILT; seed++) {
            Story story = new Story(seed);
            story.tell(story.random.nextInt(30));
            assertThatThrownBy(() -> {
                        spoiler.spoil(story);
                        story.end();
                    })
                    .as("seed %d", seed)
                    .isInstanceOf(Violation.class)
                    .hasMessageStartingWith(spoiler.invariant + ":");
        }
    }
}
