package dev.kvorum.local.api;

import dev.kvorum.local.resources.ResourceType;

/** The object that a request names; the namespace is "" for cluster-wide ones. */
record Target(ResourceType type, String namespace, String name) {}
