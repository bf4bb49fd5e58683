package dev.kvorum.local.resources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a type can do beyond being stored.
 *
 * @param status how its status is written
 * @param scale where its size is, null when it has none
 * @param columns what {@code kubectl get} prints, for custom resources; built-in kinds have their own tables
 */
public record Features(Status status, @Nullable ScalePaths scale, List<PrinterColumn> columns) {

    /** Whether the status is a subresource: then the main door ignores it and its own door ignores the rest. */
    public enum Status {
        NONE,
        SUBRESOURCE
    }

    /** JSON paths of the size, as in a CustomResourceDefinition; the selector may be absent. */
    public record ScalePaths(
            String specReplicas,
            String statusReplicas,
            @Nullable String labelSelector) {}

    /** One {@code additionalPrinterColumns} entry. */
    public record PrinterColumn(String name, String type, String format, int priority, String jsonPath) {}

    static final Features PLAIN = new Features(Status.NONE, null, List.of());
    static final Features WITH_STATUS = new Features(Status.SUBRESOURCE, null, List.of());
    static final Features STATEFUL_SET = new Features(
            Status.SUBRESOURCE, new ScalePaths(".spec.replicas", ".status.replicas", ".spec.selector"), List.of());
}
