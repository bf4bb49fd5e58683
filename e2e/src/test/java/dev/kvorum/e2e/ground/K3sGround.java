package dev.kvorum.e2e.ground;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** K3s in a container, by Testcontainers: one machine, so its zones are logical ones. */
final class K3sGround implements InstalledGround {

    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.4-k3s1");
    private static final String IMAGES_TO_LOAD = "/var/lib/rancher/k3s/agent/images/";

    private final Path home;
    private final K3sContainer k3s = new K3sContainer(IMAGE);
    private final Forwards forwards;
    private final Installation installation;

    K3sGround(Path home) {
        this.home = home;
        Installation.images(home)
                .forEach(image -> k3s.withCopyFileToContainer(
                        MountableFile.forHostPath(image), IMAGES_TO_LOAD + image.getFileName()));
        k3s.start();
        Kubectl kubectl = new Kubectl(kubeconfig(k3s));
        this.forwards = new Forwards(kubectl);
        this.installation = new Installation(kubectl, new Delivery.Kustomize(kubectl, home), forwards::address);
        installation.install();
        apply(example("demo", 3));
        installation.awaitAvailable();
    }

    /** Why there is no Docker daemon to start it with. */
    static Optional<String> absence() {
        boolean named = GroundKind.setting("DOCKER_HOST").isPresent() || Files.exists(Path.of("/var/run/docker.sock"));
        return named && DockerClientFactory.instance().isDockerAvailable()
                ? Optional.empty()
                : Optional.of("K3s in a container is not here: no Docker daemon answers");
    }

    private static Path kubeconfig(K3sContainer k3s) {
        try {
            Path file = Files.createTempFile("kvorum-k3s-", ".yaml");
            return Files.writeString(file, k3s.getKubeConfigYaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Installation installation() {
        return installation;
    }

    @Override
    public Path home() {
        return home;
    }

    @Override
    public String example(String cluster, int replicas) {
        return Example.ONE_HOST.manifest(home, cluster, replicas);
    }

    @Override
    public void close() {
        forwards.close();
        k3s.stop();
    }
}
