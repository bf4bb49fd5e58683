package dev.kvorum.operator.desired;

import dev.kvorum.crds.spec.Resources;
import dev.kvorum.crds.spec.Zone;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one container of a node's pod. */
final class NodeContainer {

    static final String NAME = "kv-node";
    static final String DATA = "data";
    static final String CONFIG = "config";
    static final String ADMIN = "admin";
    static final String SCRATCH = "tmp";

    private static final String DATA_PATH = "/var/lib/kvorum";
    private static final String CONFIG_PATH = "/etc/kvorum";
    private static final String ADMIN_PATH = "/etc/kvorum-admin";
    private static final long SECONDS_TO_BE_FORGOTTEN = 5;

    private NodeContainer() {}

    static Container of(Blueprint blueprint, Zone zone) {
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(blueprint.settled().image())
                .withImagePullPolicy("IfNotPresent")
                .withEnv(environment(blueprint.cluster(), zone))
                .withPorts(Arrays.stream(Doors.values())
                        .map(door -> door.containerPort(blueprint.site()))
                        .toList())
                .withVolumeMounts(
                        mount(CONFIG, CONFIG_PATH),
                        mount(ADMIN, ADMIN_PATH),
                        mount(DATA, DATA_PATH),
                        mount(SCRATCH, "/tmp"))
                .withResources(resources(blueprint.settled().resources()))
                // The admin door opens before storage: ten minutes of silence is a process that hangs.
                .withStartupProbe(probe("/health/started", 1, 600))
                .withLivenessProbe(probe("/health/live", 10, 6))
                .withReadinessProbe(probe("/health/ready", 1, 3))
                .withLifecycle(lifecycle())
                .withSecurityContext(locked())
                .build();
    }

    /** Time for Services to forget the pod before it refuses new requests. */
    private static Lifecycle lifecycle() {
        return new LifecycleBuilder()
                .withNewPreStop()
                .withNewSleep(SECONDS_TO_BE_FORGOTTEN)
                .endPreStop()
                .build();
    }

    private static SecurityContext locked() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static ResourceRequirements resources(Resources resources) {
        return new ResourceRequirementsBuilder()
                .withRequests(amounts(resources.requests()))
                .withLimits(amounts(resources.limits()))
                .build();
    }

    private static List<EnvVar> environment(ClusterRef cluster, Zone zone) {
        return List.of(
                variable("KVORUM_CONFIG", CONFIG_PATH + "/" + NodeConfigMap.SETTINGS),
                new EnvVarBuilder()
                        .withName("KVORUM_NAME")
                        .withNewValueFrom()
                        .withNewFieldRef("v1", "metadata.name")
                        .endValueFrom()
                        .build(),
                variable("KVORUM_ZONE", zone.name()),
                variable("KVORUM_ADVERTISE_HOST", cluster.host("$(KVORUM_NAME)")),
                variable("KVORUM_DATA_DIR", DATA_PATH),
                variable("KVORUM_ADMIN_TOKEN_FILE", ADMIN_PATH + "/" + AdminSecret.TOKEN));
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(Doors.ADMIN.portName())
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(2)
                .withFailureThreshold(failures)
                .build();
    }

    private static Map<String, Quantity> amounts(Resources.Amounts amounts) {
        var quantities = new LinkedHashMap<String, Quantity>();
        put(quantities, "cpu", amounts.cpu());
        put(quantities, "memory", amounts.memory());
        return quantities;
    }

    private static void put(Map<String, Quantity> quantities, String name, @Nullable IntOrString amount) {
        if (amount != null) {
            quantities.put(name, new Quantity(String.valueOf(amount.getValue())));
        }
    }
}
