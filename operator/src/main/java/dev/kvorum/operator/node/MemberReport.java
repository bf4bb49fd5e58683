package dev.kvorum.operator.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * One member as a node sees it ({@code GET /admin/v1/members}). Counters and ages are left out, so that two reports are
 * equal exactly when nothing happened.
 *
 * @param state {@code alive}, {@code suspect}, {@code dead} or {@code left}
 * @param votes whether it is one of those that vote in the authority
 * @param leads whether it leads the authority, as far as the node that was asked knows
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MemberReport(String id, String name, String state, boolean votes, boolean leads) {

    public boolean isAlive() {
        return state.equals("alive");
    }
}
