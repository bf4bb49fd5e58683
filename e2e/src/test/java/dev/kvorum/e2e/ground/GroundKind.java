package dev.kvorum.e2e.ground;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The three grounds, and whether they are here. Looking does not start them. */
enum GroundKind {
    STAND_IN("the stand-in") {
        @Override
        Optional<String> absence() {
            return isOnPath("kubectl")
                    ? Optional.empty()
                    : Optional.of("the stand-in is not here: kubectl is not installed");
        }

        @Override
        Set<Ability> abilities() {
            return EnumSet.of(
                    Ability.LAUNCHER,
                    Ability.POD_NETWORK,
                    Ability.KILL_NODE,
                    Ability.FREEZE_NODE,
                    Ability.SIX_NODES,
                    Ability.ZONE_AWAY,
                    Ability.KILL_OPERATOR);
        }

        @Override
        Ground start(Path home) {
            return new StandInGround(home);
        }
    },

    REAL("a real cluster") {
        @Override
        Optional<String> absence() {
            return setting("KVORUM_E2E_KUBECONFIG").isPresent()
                    ? Optional.empty()
                    : Optional.of("a real cluster is not here: KVORUM_E2E_KUBECONFIG is not set");
        }

        @Override
        Set<Ability> abilities() {
            Set<Ability> plain =
                    EnumSet.of(Ability.CONTAINERS, Ability.POD_NETWORK, Ability.KILL_OPERATOR, Ability.TWO_OPERATORS);
            if (setting(RealGround.FAULTS).isPresent()) {
                plain.addAll(Set.of(
                        Ability.KILL_NODE,
                        Ability.FREEZE_NODE,
                        Ability.ZONE_AWAY,
                        Ability.PARTITION,
                        Ability.RESTART_KUBELET));
            }
            plain.addAll(whereHelmIs());
            plain.addAll(whereBusyboxIs());
            return plain;
        }

        @Override
        Ground start(Path home) {
            return new RealGround(home);
        }
    },

    K3S("K3s in a container") {
        @Override
        Optional<String> absence() {
            return K3sGround.absence();
        }

        @Override
        Set<Ability> abilities() {
            Set<Ability> plain = EnumSet.of(Ability.CONTAINERS, Ability.KILL_OPERATOR, Ability.TWO_OPERATORS);
            plain.addAll(whereBusyboxIs());
            return plain;
        }

        @Override
        Ground start(Path home) {
            return new K3sGround(home);
        }
    };

    /** What chooses the ground of a run: {@code stand-in}, {@code real} or {@code k3s}. */
    static final String CHOICE = "KVORUM_E2E_GROUND";

    private final String label;

    GroundKind(String label) {
        this.label = label;
    }

    static GroundKind chosen() {
        String name = setting(CHOICE).orElse("stand-in");
        return Stream.of(values())
                .filter(kind -> kind.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(CHOICE + " is " + name + "; use stand-in, real or k3s"));
    }

    /** Its name in sentences. */
    String label() {
        return label;
    }

    /** Why it cannot be started here; empty where it can. */
    abstract Optional<String> absence();

    abstract Set<Ability> abilities();

    /** Starts it, with the operator and the cluster demo. */
    abstract Ground start(Path home);

    private static Set<Ability> whereHelmIs() {
        return Delivery.Chart.isHere() ? EnumSet.of(Ability.CHART) : EnumSet.noneOf(Ability.class);
    }

    private static Set<Ability> whereBusyboxIs() {
        return ClientImage.busybox().isPresent() ? EnumSet.of(Ability.CLIENT_POD) : EnumSet.noneOf(Ability.class);
    }

    static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    static boolean isOnPath(String program) {
        return setting("PATH").stream()
                .flatMap(path -> Stream.of(path.split(File.pathSeparator, -1)))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
