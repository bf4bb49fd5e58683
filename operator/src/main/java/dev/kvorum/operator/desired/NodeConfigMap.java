package dev.kvorum.operator.desired;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Map;
import java.util.TreeMap;

/**
 * The nodes' settings, and beside them what the operator must remember: what the nodes were made from, and the
 * bootstrap
 * document. Nodes see the settings only.
 */
public final class NodeConfigMap {

    /** Key with the nodes' settings file. */
    public static final String SETTINGS = "kv-node.yaml";
    /** Key with the bootstrap document, written before the first node gets it. */
    public static final String DOCUMENT = "bootstrap.json";
    /** Key with {@link Settled}. */
    public static final String SETTLED = "settled.json";

    private NodeConfigMap() {}

    static ConfigMap of(Blueprint blueprint) {
        ClusterRef cluster = blueprint.cluster();
        var contents = new TreeMap<String, String>();
        contents.put(SETTINGS, settings(blueprint));
        contents.put(SETTLED, blueprint.settled().json());
        blueprint.document().ifPresent(document -> contents.put(DOCUMENT, document));
        return Stamp.on(new ConfigMapBuilder()
                .withMetadata(cluster.metadata(cluster.configMap()).build())
                .withData(contents)
                .build());
    }

    private static String settings(Blueprint blueprint) {
        var lines = new StringBuilder("# Written by the operator from spec.config.\n");
        settingsOf(blueprint)
                .forEach((key, value) ->
                        lines.append(key).append(": ").append(value).append('\n'));
        return lines.toString();
    }

    private static Map<String, String> settingsOf(Blueprint blueprint) {
        var settings = new TreeMap<String, String>();
        settings.put("httpPort", Integer.toString(Doors.HTTP.port()));
        settings.put("respPort", Integer.toString(Doors.RESP.port()));
        settings.put("peerPort", Integer.toString(Doors.PEER.port()));
        settings.put("membershipPort", Integer.toString(Doors.MEMBERSHIP.port()));
        settings.put("adminPort", Integer.toString(blueprint.site().adminPort()));
        blueprint.settled().config().forEach((key, value) -> settings.put(key, scalar(value)));
        return settings;
    }

    /** Plain where YAML cannot misread it, quoted elsewhere. */
    private static String scalar(IntOrString value) {
        String text = String.valueOf(value.getValue());
        return text.matches("[0-9]+|[A-Za-z][A-Za-z0-9./-]*")
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
