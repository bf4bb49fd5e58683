package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kvorum.local.objects.Meta;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the kubelet keeps what belongs to pods.
 *
 * @param home the directory of the local cluster
 */
public record Layout(Path home) {

    public Path volumes() {
        return home.resolve("volumes");
    }

    public Path logs() {
        return home.resolve("logs");
    }

    public Path hostsFile() {
        return home.resolve("hosts");
    }

    /** The flags by which a JVM takes the cluster's names from the hosts file. */
    public List<String> nameFlags() {
        return List.of("-Djdk.net.hosts.file=" + hostsFile(), "-Djava.security.properties=" + securityProperties());
    }

    Path securityProperties() {
        return home.resolve("names.security");
    }

    Path addresses() {
        return home.resolve("addresses.json");
    }

    Path pods() {
        return home.resolve("pods");
    }

    Path pod(JsonNode pod) {
        return pods().resolve(Meta.uid(pod));
    }

    /** Pods of the default namespace have the short names that people type. */
    public Path log(JsonNode pod) {
        return logs().resolve(fullName(pod) + ".log");
    }

    public Path previousLog(JsonNode pod) {
        return logs().resolve(fullName(pod) + ".previous.log");
    }

    public static String fullName(JsonNode pod) {
        String namespace = Meta.namespace(pod);
        return namespace.equals("default") ? Meta.name(pod) : namespace + "." + Meta.name(pod);
    }
}
