package dev.kvorum.server.resp;

/**
 * What follows the time in {@code EXPIRE} and its like: {@code NX} only where there is no expiry, {@code XX} only where
 * there is one, {@code GT} only a later, {@code LT} only an earlier one. A value without an expiry expires later than
 * any.
 */
record ExpiryRule(Present present, Order order) {

    /** Whether the value must have an expiry. */
    enum Present {
        ANY,
        NX,
        XX
    }

    /** How the new expiry must stand to the old one. */
    enum Order {
        ANY,
        GT,
        LT
    }

    private static final ExpiryRule NONE = new ExpiryRule(Present.ANY, Order.ANY);

    static ExpiryRule of(Arguments arguments, int from) {
        ExpiryRule rule = NONE;
        for (int at = from; at < arguments.count(); at++) {
            rule = switch (arguments.word(at)) {
                case "nx" -> rule.with(Present.NX);
                case "xx" -> rule.with(Present.XX);
                case "gt" -> rule.with(Order.GT);
                case "lt" -> rule.with(Order.LT);
                default -> throw new Refusal("ERR Unsupported option " + arguments.text(at) + "; use NX, XX, GT or LT");
            };
        }
        return rule.checked();
    }

    private ExpiryRule with(Present more) {
        if (present != Present.ANY && present != more) {
            throw incompatible();
        }
        return new ExpiryRule(more, order);
    }

    private ExpiryRule with(Order more) {
        if (order != Order.ANY && order != more) {
            throw new Refusal("ERR GT and LT options at the same time are not compatible");
        }
        return new ExpiryRule(present, more);
    }

    private ExpiryRule checked() {
        if (present == Present.NX && order != Order.ANY) {
            throw incompatible();
        }
        return this;
    }

    private static Refusal incompatible() {
        return new Refusal("ERR NX and XX, GT or LT options at the same time are not compatible");
    }

    boolean isNone() {
        return equals(NONE);
    }

    /**
     * Whether the new expiry may replace the old one.
     *
     * @param beforeMs 0 for never
     */
    boolean allows(long beforeMs, long afterMs) {
        boolean hasExpiry = beforeMs != 0;
        boolean presentHolds = switch (present) {
            case ANY -> true;
            case NX -> !hasExpiry;
            case XX -> hasExpiry;
        };
        boolean orderHolds = switch (order) {
            case ANY -> true;
            case GT -> hasExpiry && afterMs > beforeMs;
            case LT -> !hasExpiry || afterMs < beforeMs;
        };
        return presentHolds && orderHolds;
    }
}
