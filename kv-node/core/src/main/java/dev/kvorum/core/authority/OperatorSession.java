package dev.kvorum.core.authority;

/**
 * The operator that may change things now.
 *
 * @param number above that of all sessions before; 0 when there was none
 * @param operator what the operator calls itself
 */
public record OperatorSession(long number, String operator) {

    static final OperatorSession NONE = new OperatorSession(0, "");
}
