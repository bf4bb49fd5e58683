package dev.kvorum.local.launch;

import dev.kvorum.local.kubelet.Children;
import dev.kvorum.local.kubelet.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where everything is.
 *
 * @param checkout the directory of the project, with what was built
 */
record Home(Path checkout) {

    /** From the launcher's {@code kvorum.home}, else the present directory. */
    static Home find() {
        return new Home(
                Path.of(System.getProperty("kvorum.home", "")).toAbsolutePath().normalize());
    }

    /** All state of the local cluster. */
    Path state() {
        return checkout.resolve(".kvorum");
    }

    Path objects() {
        return state().resolve("objects");
    }

    Path kubeconfig() {
        return state().resolve("kubeconfig");
    }

    Path portFile() {
        return state().resolve("port");
    }

    Path standInLog() {
        return layout().logs().resolve("stand-in.log");
    }

    Path operatorLog() {
        return layout().logs().resolve("operator.log");
    }

    Path example() {
        return checkout.resolve("examples/kvcluster.yaml");
    }

    Layout layout() {
        return new Layout(state());
    }

    Children children() {
        return new Children(state());
    }

    /** The port that the API had before, 0 when there was none. */
    int port() throws IOException {
        return Files.exists(portFile())
                ? Integer.parseInt(Files.readString(portFile()).strip())
                : 0;
    }

    void remember(int port) throws IOException {
        Files.createDirectories(state());
        Files.writeString(portFile(), port + "\n");
        Files.writeString(kubeconfig(), """
                apiVersion: v1
                kind: Config
                current-context: kvorum-local
                clusters:
                - name: kvorum-local
                  cluster: {server: "http://127.0.0.1:%d"}
                contexts:
                - name: kvorum-local
                  context: {cluster: kvorum-local, user: local, namespace: default}
                users:
                - name: local
                  user: {}
                """.formatted(port));
    }
}
