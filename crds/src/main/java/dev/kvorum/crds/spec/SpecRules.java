package dev.kvorum.crds.spec;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a spec in Java, for the operator: those of the CEL on creation, and what CEL cannot say.
 *
 * <p>An installed definition may be older than the operator, and then lets through what the operator must not act
 * on. The
 * corpus of refusals holds both to the same verdict.
 */
public final class SpecRules {

    private static final String NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    private static final String CPU = "([1-9][0-9]{0,5}m?|[0-9]{1,4}\\.[0-9]{1,3})";
    private static final String MEMORY = "[1-9][0-9]{0,14}(k|M|G|T|Ki|Mi|Gi|Ti)?";
    private static final String ANY = CPU + "|" + MEMORY;

    private final KVClusterSpec spec;
    private final List<String> broken = new ArrayList<>();

    private SpecRules(KVClusterSpec spec) {
        this.spec = spec;
    }

    /** Every broken rule, as field, value and remedy; empty for a good spec. */
    public static List<String> broken(KVClusterSpec spec) {
        var rules = new SpecRules(spec);
        rules.judgeSize();
        rules.judgeLevels();
        rules.judgeBuckets();
        rules.judgeAmounts();
        rules.judgeAutoscaling();
        rules.judgeRest();
        rules.judgePods();
        rules.broken.addAll(SchemaLimits.broken(spec));
        return rules.broken;
    }

    private void judgeSize() {
        List<String> zones = spec.zones().stream().map(Zone::name).toList();
        unless(!zones.isEmpty(), "spec.zones is empty; name at least one zone");
        unless(
                spec.replicas() >= Math.max(zones.size(), factor()),
                "spec.replicas is " + spec.replicas() + "; set it to at least the factor, " + factor()
                        + ", and the number of zones, " + zones.size());
        unless(isDistinct(zones), "spec.zones names a zone twice; give every zone a name of its own");
        unless(
                zones.stream().allMatch(zone -> zone.matches(NAME)),
                "spec.zones has a name that is no label; use lower-case letters, digits and \"-\"");
        unless(
                spec.zones().stream().allMatch(zone -> areLabels(zone.nodeSelector())),
                "spec.zones has a nodeSelector with what is no label; use letters, digits, \"-\", \"_\" and \".\"");
        unless(
                spec.shards() >= 1 && Integer.bitCount(spec.shards()) == 1,
                "spec.shards is " + spec.shards() + ", not a power of two; use 256");
    }

    private void judgeLevels() {
        unless(
                isLevel(spec.replication().read()),
                "spec.replication.read is " + text(spec.replication().read())
                        + "; use one, quorum, all or a number up to " + factor());
        unless(
                isLevel(spec.replication().write()),
                "spec.replication.write is " + text(spec.replication().write())
                        + "; use one, quorum, all or a number up to " + factor());
    }

    private void judgeBuckets() {
        List<String> names = spec.buckets().stream().map(Bucket::name).toList();
        unless(isDistinct(names), "spec.buckets names a bucket twice; give every bucket a name of its own");
        unless(names.contains("default"), "spec.buckets has no bucket named default; add {name: default}");
        unless(
                names.stream().allMatch(name -> name.matches("[a-z0-9-]+")),
                "spec.buckets has a bad name; use only lower-case letters, digits and \"-\"");
        spec.buckets().forEach(this::judgeBucket);
    }

    private void judgeBucket(Bucket bucket) {
        IntOrString read =
                Objects.requireNonNullElse(bucket.read(), spec.replication().read());
        IntOrString write =
                Objects.requireNonNullElse(bucket.write(), spec.replication().write());
        unless(
                isLevel(read) && isLevel(write),
                "bucket " + bucket.name() + " has levels read " + text(read) + ", write " + text(write)
                        + "; use one, quorum, all or a number up to " + factor());
        unless(!bucket.sloppy(), "bucket " + bucket.name() + " has sloppy: true; set it to false in this release");
        unless(
                switch (bucket.conflict()) {
                    case SIBLINGS -> true;
                    case LWW -> isMajority(write);
                },
                "bucket " + bucket.name() + " has conflict: lww with write " + text(write) + "; use quorum");
    }

    private void judgeAmounts() {
        unless(
                spec.storage().size().matches("[1-9][0-9]{0,6}(Mi|Gi|Ti)")
                        && !spec.storage().size().matches("([1-9][0-9]?|[1-4][0-9]{2}|50[0-9]|51[01])Mi"),
                "spec.storage.size is " + spec.storage().size()
                        + "; use a whole number with Mi, Gi or Ti, at least 512Mi");
        unless(
                spec.storage().storageClassName() == null
                        || Syntax.isSubdomain(spec.storage().storageClassName()),
                "spec.storage.storageClassName is " + spec.storage().storageClassName()
                        + "; use lower-case letters, digits, \"-\" and \".\"");
        Resources resources = spec.resources();
        Stream.of(resources.requests(), resources.limits()).forEach(this::judgeAmounts);
        judgeLimit("cpu", resources.requests().cpu(), resources.limits().cpu());
        judgeLimit("memory", resources.requests().memory(), resources.limits().memory());
        unless(
                text(spec.rebalance().bytesPerSecondPerNode()).matches("[1-9][0-9]{0,9}(Ki|Mi|Gi)?"),
                "spec.rebalance.bytesPerSecondPerNode is "
                        + text(spec.rebalance().bytesPerSecondPerNode()) + "; use bytes such as 50Mi");
        unless(
                text(spec.replaceAfter()).matches("0|[1-9][0-9]{0,4}[smhd]"),
                "spec.replaceAfter is " + text(spec.replaceAfter()) + "; use a duration such as 30m, or 0 for never");
    }

    private void judgeAmounts(Resources.Amounts amounts) {
        judgeAmount(amounts.cpu(), CPU, "cpu", "cores such as 2 or \"0.5\", or 500m");
        judgeAmount(amounts.memory(), MEMORY, "memory", "bytes with a unit, such as 1Gi");
    }

    private void judgeAmount(@Nullable IntOrString amount, String form, String what, String remedy) {
        unless(
                amount == null || isAmount(amount, form),
                "spec.resources has " + what + " " + (amount == null ? "" : text(amount)) + "; use " + remedy);
    }

    private void judgeLimit(String what, @Nullable IntOrString request, @Nullable IntOrString limit) {
        if (request != null && limit != null && isAmount(request, ANY) && isAmount(limit, ANY)) {
            unless(
                    amount(request).compareTo(amount(limit)) <= 0,
                    "spec.resources.requests." + what + " is " + text(request) + ", above limits." + what + " "
                            + text(limit) + "; raise the limit or lower the request");
        }
    }

    private void judgeAutoscaling() {
        Autoscaling scaling = spec.autoscaling();
        boolean ranged = scaling.minReplicas() != null && scaling.maxReplicas() != null;
        boolean aimed = !scaling.targets().equals(Autoscaling.Targets.NONE);
        unless(
                switch (scaling.mode()) {
                    case OFF, RECOMMEND -> true;
                    case AUTO -> ranged && aimed;
                },
                "spec.autoscaling.mode is Auto; set minReplicas, maxReplicas and at least one target");
        unless(
                scaling.minReplicas() == null || scaling.minReplicas() >= factor(),
                "spec.autoscaling.minReplicas is " + scaling.minReplicas() + "; raise it to the factor, " + factor());
        if (scaling.minReplicas() != null && scaling.maxReplicas() != null) {
            int round = spec.zones().size() == factor() ? factor() : 1;
            unless(
                    (scaling.minReplicas() + round - 1) / round <= scaling.maxReplicas() / round,
                    "spec.autoscaling allows no size between " + scaling.minReplicas() + " and " + scaling.maxReplicas()
                            + " in rounds of " + round + "; raise maxReplicas");
        }
    }

    private void judgeRest() {
        unless(
                spec.config().keySet().stream().allMatch(key -> key.matches("[a-z][A-Za-z0-9]{0,62}"))
                        && spec.config().keySet().stream().noneMatch(SpecRules::isReserved),
                "spec.config has a key that is no node setting, or one that the operator sets itself; remove it");
        unless(
                Stream.concat(spec.clients().from().stream(), spec.monitoring().from().stream())
                        .allMatch(peer -> (peer.ipBlock() != null)
                                != (peer.podSelector() != null || peer.namespaceSelector() != null)),
                "a peer in a from list is both ipBlock and selector, or neither; use one");
        unless(
                Stream.concat(spec.clients().from().stream(), spec.monitoring().from().stream())
                        .allMatch(SpecRules::canBeWritten),
                "a peer in a from list has a bad label or block of addresses; use blocks such as 10.0.0.0/8");
        unless(
                !spec.monitoring().serviceMonitor(),
                "spec.monitoring.serviceMonitor is true; set it to false in this release");
    }

    private void judgePods() {
        PodSettings pod = spec.pod();
        unless(
                (pod.priorityClassName() == null || Syntax.isSubdomain(pod.priorityClassName()))
                        && pod.imagePullSecrets().stream().allMatch(Syntax::isSubdomain),
                "spec.pod names a priority class or a pull secret with a bad name; use lower-case letters, digits,"
                        + " \"-\" and \".\"");
        unless(
                Syntax.areLabels(pod.labels())
                        && pod.labels().keySet().stream()
                                .noneMatch(
                                        key -> key.startsWith("kvorum.dev/") || key.startsWith("app.kubernetes.io/")),
                "spec.pod.labels has what is no label, or one of the operator's own; change or remove it");
        pod.tolerations().forEach(this::judgeToleration);
    }

    private void judgeToleration(PodSettings.Toleration toleration) {
        boolean everyValue = "Exists".equals(toleration.operator());
        unless(
                toleration.operator() == null
                        || everyValue
                        || toleration.operator().equals("Equal"),
                "a toleration has the operator " + toleration.operator() + "; use Equal or Exists");
        unless(
                toleration.effect() == null
                        || List.of("NoSchedule", "PreferNoSchedule", "NoExecute")
                                .contains(toleration.effect()),
                "a toleration has the effect " + toleration.effect()
                        + "; use NoSchedule, PreferNoSchedule or NoExecute");
        unless(
                !everyValue || isEmpty(toleration.value()),
                "a toleration has operator Exists and the value " + toleration.value() + "; remove one of them");
        unless(everyValue || !isEmpty(toleration.key()), "a toleration has no key; name one, or use operator Exists");
        unless(
                toleration.tolerationSeconds() == null || "NoExecute".equals(toleration.effect()),
                "a toleration has tolerationSeconds without effect NoExecute; set that effect");
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static boolean canBeWritten(PolicyPeer peer) {
        return Stream.of(Optional.ofNullable(peer.podSelector()), Optional.ofNullable(peer.namespaceSelector()))
                        .flatMap(Optional::stream)
                        .allMatch(labels -> Syntax.areLabels(labels.matchLabels()))
                && (peer.ipBlock() == null
                        || (Syntax.isCidr(peer.ipBlock().cidr())
                                && peer.ipBlock().except().stream().allMatch(Syntax::isCidr)));
    }

    private static boolean areLabels(@Nullable Map<String, String> labels) {
        return labels == null || Syntax.areLabels(labels);
    }

    private static boolean isReserved(String key) {
        return List.of("name", "zone", "dataDir", "bindHost", "advertiseHost", "adminTokenFile")
                        .contains(key)
                || List.of("httpPort", "respPort", "peerPort", "membershipPort", "adminPort")
                        .contains(key);
    }

    private int factor() {
        return spec.replication().factor();
    }

    private boolean isLevel(IntOrString level) {
        return level.getIntVal() == null
                ? List.of("one", "quorum", "all").contains(text(level))
                : level.getIntVal() >= 1 && level.getIntVal() <= factor();
    }

    private boolean isMajority(IntOrString write) {
        return switch (text(write)) {
            case "quorum", "all" -> true;
            case "one" -> factor() == 1;
            default -> write.getIntVal() != null && write.getIntVal() * 2 > factor();
        };
    }

    private static boolean isAmount(IntOrString amount, String form) {
        return text(amount).matches(form);
    }

    private static BigDecimal amount(IntOrString amount) {
        return Quantity.getAmountInBytes(new Quantity(text(amount)));
    }

    private static boolean isDistinct(List<String> names) {
        return names.stream().distinct().count() == names.size();
    }

    private static String text(IntOrString value) {
        return String.valueOf(value.getValue());
    }

    private void unless(boolean holds, String message) {
        if (!holds) {
            broken.add(message);
        }
    }
}
