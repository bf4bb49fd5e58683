package dev.kvorum.operator.desired;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.spec.PodSettings;
import dev.kvorum.crds.spec.Resources;
import dev.kvorum.crds.spec.Zone;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a spec that needs a restart of nodes to take effect, as it was when the running nodes were made.
 *
 * <p>Kept in the cluster's ConfigMap and on its StatefulSets, so that a hand-edited or deleted object is restored to
 * what
 * runs and not to a wish that still waits for its roll.
 *
 * @param rendering version of the rules in this package; what a newer operator would render differently waits, too
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Settled(
        int rendering,
        String image,
        Resources resources,
        Map<String, IntOrString> config,
        PodSettings pod,
        String volumeSize,
        @Nullable String storageClassName,
        List<Zone> zones) {

    /** Annotation and ConfigMap key that hold it as JSON. */
    public static final String KEY = "kvorum.dev/settled";

    static final int RENDERING = 1;

    public Settled {
        config = new TreeMap<>(config);
        zones = List.copyOf(zones);
    }

    public static Settled of(KVClusterSpec spec, String standardImage) {
        return new Settled(
                RENDERING,
                Objects.requireNonNullElse(spec.image(), standardImage),
                spec.resources(),
                spec.config(),
                spec.pod(),
                spec.storage().size(),
                spec.storage().storageClassName(),
                spec.zones());
    }

    /** Empty if it cannot be read, which only a hand can cause. */
    public static Optional<Settled> read(@Nullable String json) {
        try {
            return json == null ? Optional.empty() : Optional.of(Serialization.unmarshal(json, Settled.class));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    public String json() {
        return Serialization.asJson(this);
    }

    /** Same, but with what {@code other} has and cannot lose: its volumes, and zones that no longer are in the spec. */
    public Settled keeping(Settled other) {
        var known = zones.stream().map(Zone::name).toList();
        return new Settled(
                rendering,
                image,
                resources,
                config,
                pod,
                other.volumeSize,
                other.storageClassName,
                Stream.concat(zones.stream(), other.zones.stream().filter(zone -> !known.contains(zone.name())))
                        .toList());
    }

    /** What differs, in the words of the spec. */
    public List<String> differences(Settled wanted) {
        var names = new ArrayList<String>();
        addIf(names, !image.equals(wanted.image), "image " + image + " → " + wanted.image);
        addIf(names, !resources.equals(wanted.resources), "resources");
        addIf(names, !config.equals(wanted.config), "config");
        addIf(names, !pod.equals(wanted.pod), "pod");
        addIf(names, !volumeSize.equals(wanted.volumeSize), "storage.size " + volumeSize + " → " + wanted.volumeSize);
        addIf(names, !selectors().equals(wanted.selectors()) && sameZones(wanted), "zones[].nodeSelector");
        addIf(names, rendering != wanted.rendering, "what this version of the operator makes");
        return names;
    }

    private boolean sameZones(Settled wanted) {
        return selectors().keySet().equals(wanted.selectors().keySet());
    }

    private Map<String, Optional<Map<String, String>>> selectors() {
        var selectors = new TreeMap<String, Optional<Map<String, String>>>();
        zones.forEach(zone -> selectors.put(zone.name(), Optional.ofNullable(zone.nodeSelector())));
        return selectors;
    }

    private static void addIf(List<String> names, boolean differs, String name) {
        if (differs) {
            names.add(name);
        }
    }
}
