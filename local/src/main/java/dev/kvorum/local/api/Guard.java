package dev.kvorum.local.api;

/** Who may do what. Asked before each request on objects, from many threads. */
@FunctionalInterface
public interface Guard {

    /** Lets everyone do everything. */
    Guard OPEN = call -> true;

    /** Whether the request may go on; otherwise it is answered with 403 and the words of Kubernetes. */
    boolean allows(ApiCall call);
}
