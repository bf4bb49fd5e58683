package dev.kvorum.server.web;

import dev.kvorum.core.request.ErrorCode;
import dev.kvorum.server.json.Problem;

/** A request that is answered with a problem before it reaches the node. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public static Refused badRequest(String detail) {
        return new Refused(Problem.badRequest(detail));
    }

    public static Refused tooLarge(ErrorCode code, String detail) {
        return new Refused(Problem.of(413, code.word(), detail));
    }

    public Problem problem() {
        return problem;
    }
}
