package dev.kvorum.local.resources;

/** Where a resource type comes from; some rules of the API differ between the two. */
public enum Origin {
    /** Part of Kubernetes: strategic merge patch, own defaults. */
    BUILT_IN,
    /** Added by a CustomResourceDefinition: an update must name the resourceVersion it is based on. */
    CUSTOM
}
