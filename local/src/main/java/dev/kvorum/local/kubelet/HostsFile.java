package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Meta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;

/**
 * The cluster's names as a hosts file, which the JVMs read instead of asking DNS: each pod of a headless Service, known
 * as soon as its StatefulSet is, and each Service.
 */
final class HostsFile {

    /** Names come and go: a JVM must neither remember an absent one nor keep an old address for long. */
    private static final String CACHE_RULES =
            "networkaddress.cache.ttl=1\nnetworkaddress.cache.negative.ttl=0\nnetworkaddress.cache.stale.ttl=0\n";

    private final Agent agent;
    private final Addresses addresses;
    private final Layout layout;
    private String written = "";

    HostsFile(Agent agent, Addresses addresses, Layout layout) {
        this.agent = agent;
        this.addresses = addresses;
        this.layout = layout;
    }

    /** Writes the file anew if what it says has changed. */
    void update() {
        StringBuilder text = new StringBuilder("127.0.0.1 localhost " + machine() + "\n");
        for (ObjectNode set : agent.list("statefulsets.apps")) {
            for (int ordinal = 0; ordinal < set.at("/spec/replicas").asInt(); ordinal++) {
                String name = Meta.name(set) + "-" + ordinal + "." + Json.text(set, "spec", "serviceName");
                addresses.of(set, ordinal).ifPresent(address -> add(text, address, name, set));
            }
        }
        for (ObjectNode service : agent.list("services")) {
            String address = Json.text(service, "spec", "clusterIP");
            if (address.startsWith("127.")) {
                add(text, address, Meta.name(service), service);
            }
        }
        if (!text.toString().equals(written)) {
            write(text.toString());
            written = text.toString();
        }
    }

    private static void add(StringBuilder text, String address, String name, JsonNode object) {
        String inNamespace = name + "." + Meta.namespace(object);
        text.append(address)
                .append(' ')
                .append(inNamespace)
                .append(".svc ")
                .append(inNamespace)
                .append(".svc.cluster.local ")
                .append(inNamespace)
                .append('\n');
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine without a name of its own needs no line for it.
            return "";
        }
    }

    private void write(String text) {
        try {
            Files.writeString(layout.securityProperties(), CACHE_RULES);
            var next = layout.hostsFile().resolveSibling("hosts.next");
            Files.writeString(next, text);
            Files.move(next, layout.hostsFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + layout.hostsFile(), e);
        }
    }
}
