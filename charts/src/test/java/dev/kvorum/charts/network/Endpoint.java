package dev.kvorum.charts.network;

import java.util.Map;

/**
 * One end of a connection: a pod, or an address outside of the cluster.
 *
 * @param namespace empty for an address outside
 * @param labels of the pod
 */
public record Endpoint(String name, String namespace, Map<String, String> labels, String address) {

    boolean isPod() {
        return !namespace.isEmpty();
    }
}
