package dev.kvorum.storage;

import java.io.IOException;

/** Is told of every step by which a store is made, opened or replaced; tests stop there, as a power cut would. */
@FunctionalInterface
interface Passage {

    Passage FREE = step -> {};

    /** The step was made, durably. */
    void passed(Step step) throws IOException;

    /** In this order, as far as they occur. */
    enum Step {
        FORMER_START_COUNTED,
        DATABASE_MADE,
        FILES_MADE,
        SUCCESSOR_READY,
        EARLIER_EVIDENCE_DELETED,
        SET_ASIDE,
        STORE_IN_PLACE,
        START_COUNTED,
        DATABASE_OPENED,
        MARK_WRITTEN
    }
}
