package dev.kvorum.e2e.ground;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How the operator gets onto a cluster. */
sealed interface Delivery {

    String NAMESPACE = "kvorum-system";
    String RELEASE = "kvorum-operator";

    void install();

    /** Takes the operator away; clusters and their definition stay where it says so. */
    void remove();

    /** As Helm's users do. */
    record Chart(Kubectl kubectl, Path home) implements Delivery {

        private static final Duration LIMIT = Duration.ofMinutes(3);

        static boolean isHere() {
            return GroundKind.isOnPath("helm");
        }

        @Override
        public void install() {
            helm("install", RELEASE, chart(), "--namespace", NAMESPACE, "--create-namespace", "--wait")
                    .mustSucceed();
        }

        @Override
        public void remove() {
            helm("uninstall", RELEASE, "--namespace", NAMESPACE, "--ignore-not-found");
        }

        Shell.Result helm(String... arguments) {
            return Shell.run(
                    LIMIT,
                    kubectl.environment(),
                    Stream.concat(Stream.of("helm"), Stream.of(arguments)).toList());
        }

        String chart() {
            return home.resolve("charts/kvorum-operator").toString();
        }

        @Override
        public String toString() {
            return "the chart, by Helm";
        }
    }

    /** As those do who have kubectl only; what it removes includes the definition, and so every cluster. */
    record Kustomize(Kubectl kubectl, Path home) implements Delivery {

        @Override
        public void install() {
            kubectl.run("apply", "--server-side", "-k", base()).mustSucceed();
            for (List<String> wait : List.of(
                    List.of("wait", "--for=condition=Established", "crd/kvclusters.kvorum.dev", "--timeout=30s"),
                    List.of("rollout", "status", "deployment/" + RELEASE, "-n", NAMESPACE, "--timeout=120s"))) {
                kubectl.run(wait.toArray(String[]::new)).mustSucceed();
            }
        }

        @Override
        public void remove() {
            kubectl.run("delete", "-k", base(), "--wait=false");
        }

        private String base() {
            return home.resolve("charts/kustomize").toString();
        }

        @Override
        public String toString() {
            return "the kustomize base, by kubectl";
        }
    }
}
