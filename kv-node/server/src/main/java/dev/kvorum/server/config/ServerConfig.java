package dev.kvorum.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that can be set on a node, component by component. Immutable; read once, before anything starts. */
public record ServerConfig(
        NodeConfig node, PortConfig ports, DoorConfig doors, AdminConfig admin, ProbeConfig probe, StoreConfig store) {

    /** The records whose components are the keys of {@code kv-node.yaml}. */
    public static final List<Class<? extends Record>> COMPONENTS = List.of(
            NodeConfig.class,
            PortConfig.class,
            DoorConfig.class,
            AdminConfig.class,
            ProbeConfig.class,
            StoreConfig.class);

    /**
     * Reads the file, then lets {@code KVORUM_*} variables override it. Blocks; called once.
     *
     * @param file the {@code kv-node.yaml}, or null for the defaults
     * @param environment the variables of the process; those that do not start with {@code KVORUM_} do not matter, nor
     *     do {@code KVORUM_CONFIG} and the service links that Kubernetes makes for a Service of such a name
     * @throws InvalidConfiguration naming key, value, what is allowed, and the file or variable
     */
    public static ServerConfig load(@Nullable Path file, Map<String, String> environment) {
        SettingTable table = SettingTable.of(COMPONENTS);
        Given given = new Given(table);
        if (file != null) {
            given.addFile(file);
        }
        given.addEnvironment(environment);
        given.addHostName(environment);
        Memory memory = Memory.ofThisProcess();
        return new ServerConfig(
                given.build(NodeConfig.class),
                given.build(PortConfig.class),
                given.build(DoorConfig.class),
                given.build(AdminConfig.class),
                given.build(ProbeConfig.class),
                memory.shareOut(given.build(StoreConfig.class)));
    }
}
