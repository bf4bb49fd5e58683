package dev.kvorum.local.launch;

import dev.kvorum.local.api.ApiServer;
import dev.kvorum.local.controllers.ControlLoop;
import dev.kvorum.local.kubelet.Kubelet;
import dev.kvorum.local.kubelet.Layout;
import dev.kvorum.local.kubelet.Programs;
import dev.kvorum.local.objects.Objects;
import dev.kvorum.local.resources.ResourceTypes;
import dev.kvorum.local.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** A whole stand-in in this JVM: API server, controllers, kubelet. */
public final class StandIn implements AutoCloseable {

    private final ApiServer server;
    private final Objects objects;
    private final ControlLoop controllers;
    private final Kubelet kubelet;

    private StandIn(ApiServer server, Objects objects, ControlLoop controllers, Kubelet kubelet) {
        this.server = server;
        this.objects = objects;
        this.controllers = controllers;
        this.kubelet = kubelet;
    }

    /**
     * Starts behind a server that already has its port.
     *
     * @param state the directory of all state; made if it is not there
     */
    public static StandIn start(ApiServer server, Path state, Programs programs) throws IOException {
        Layout layout = new Layout(Files.createDirectories(state).toAbsolutePath());
        ObjectStore store = new ObjectStore(state.resolve("objects"));
        Objects objects = new Objects(store, new ResourceTypes(), InstantSource.system());
        Groundwork.lay(objects);
        Kubelet kubelet = Kubelet.start(objects, programs, layout);
        ControlLoop controllers = ControlLoop.start(objects, layout.volumes());
        server.start(objects, kubelet);
        return new StandIn(server, objects, controllers, kubelet);
    }

    public Objects objects() {
        return objects;
    }

    /** Ends the pods' processes; their objects stay. */
    @Override
    public void close() {
        controllers.close();
        kubelet.close();
        server.close();
    }
}
