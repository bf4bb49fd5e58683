package dev.kvorum.operator.act;

/**
 * Something that happened, told once: one event, and one line of the journal.
 *
 * @param reason of the closed list
 * @param text for people
 */
public record News(String reason, String text, Tone tone) {

    /** How an event sounds. */
    public enum Tone {
        NORMAL,
        WARNING
    }
}
