package dev.kvorum.operator.plan;

import dev.kvorum.crds.spec.KVClusterSpec;
import dev.kvorum.crds.spec.SpecRules;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;

/** Judges a spec once more: rules may be newer than the installed definition, and some no schema can say. */
final class SpecCheck {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private SpecCheck() {}

    static List<String> broken(KVClusterSpec spec) {
        var broken = new ArrayList<>(SpecRules.broken(spec));
        if (spec.pod().affinity() != null) {
            try {
                JSON.convertValue(spec.pod().affinity(), Affinity.class);
            } catch (IllegalArgumentException e) {
                broken.add("spec.pod.affinity is no affinity; write it as in a pod");
            }
        }
        return broken;
    }
}
