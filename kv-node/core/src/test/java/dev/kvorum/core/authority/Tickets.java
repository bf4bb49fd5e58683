package dev.kvorum.core.authority;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What doors were told, held against the log. */
final class Tickets {

    private final Map<Long, Long> sessions = new TreeMap<>();
    private int answered;

    int answered() {
        return answered;
    }

    void onAnswer(long ticket, Answer answer, Answer ofTheLog) {
        LawBook.law(ofTheLog.equals(answer), "ticket " + ticket + " got another answer than the log's");
        if (answer instanceof Answer.SessionOpened(long session)) {
            LawBook.law(sessions.put(ticket, session) == null, "ticket " + ticket + " was answered twice");
            boolean distinct = new TreeSet<>(sessions.values()).size() == sessions.size();
            LawBook.law(distinct, "two operators got session " + session);
        }
        answered++;
    }
}
