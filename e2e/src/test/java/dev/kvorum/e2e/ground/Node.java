package dev.kvorum.e2e.ground;

/**
 * A node of a cluster, in one of its lives.
 *
 * @param name of its pod, {@code <cluster>-<zone>-<ordinal>}
 * @param process what runs it now; another one after each restart
 * @param address where its doors are, reachable from here
 */
public record Node(String name, String process, String address) {

    /** The zone's name; clusters are named without a dash here. */
    public String zone() {
        return name.substring(name.indexOf('-') + 1, name.lastIndexOf('-'));
    }
}
