package dev.kvorum.operator.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * One member as a node sees it ({@code GET /admin/v1/members}). Counters and ages are left out, so that two reports are
 * equal exactly when nothing happened.
 *
 * @param state {@code alive}, {@code suspect}, {@code dead} or {@code left}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MemberReport(String id, String name, String state) {

    public boolean isAlive() {
        return state.equals("alive");
    }
}
