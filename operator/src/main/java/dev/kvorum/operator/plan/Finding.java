package dev.kvorum.operator.plan;

/** Something to say about the cluster that makes a condition leave its calm state; the first of a type wins. */
public record Finding(ConditionType type, Reason reason, String message) {}
