package dev.kvorum.operator.plan;

import dev.kvorum.operator.desired.Blueprint;

/**
 * Where the operator stands and what it makes by default.
 *
 * @param nodeImage for a spec that names none
 */
public record Site(String nodeImage, Blueprint.Site site) {}
