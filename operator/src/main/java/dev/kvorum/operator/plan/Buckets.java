package dev.kvorum.operator.plan;

import dev.kvorum.operator.node.BootstrapDocument.Bucket;
import dev.kvorum.operator.observe.Observed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The buckets that a spec asks for beside those that the nodes hold: which are new, and which would have to change. */
final class Buckets {

    /** In the words of the spec. */
    private static final Map<String, Function<Bucket, Object>> SETTINGS = new LinkedHashMap<>();

    static {
        SETTINGS.put("mode", Bucket::mode);
        SETTINGS.put("conflict", Bucket::conflict);
        SETTINGS.put("read", Bucket::read);
        SETTINGS.put("write", Bucket::write);
        SETTINGS.put("sloppy", Bucket::sloppy);
    }

    private Buckets() {}

    /** Those that no node holds; none before there are nodes that hold any. */
    static List<Bucket> fresh(Observed seen) {
        Map<String, Bucket> held = held(seen);
        return held.isEmpty()
                ? List.of()
                : Founding.buckets(seen.spec()).stream()
                        .filter(bucket -> !held.containsKey(bucket.name()))
                        .toList();
    }

    /** What the spec asks of each declared bucket that stays as it is, for people. */
    static List<String> fixed(Observed seen) {
        Map<String, Bucket> asked = Founding.buckets(seen.spec()).stream()
                .collect(Collectors.toMap(Bucket::name, bucket -> bucket, (first, twice) -> first, TreeMap::new));
        return held(seen).values().stream()
                .flatMap(bucket -> asked.containsKey(bucket.name())
                        ? difference(bucket, asked.get(bucket.name()))
                        : Stream.of(bucket.name() + " is no longer in the spec"))
                .toList();
    }

    private static Stream<String> difference(Bucket held, Bucket asked) {
        String settings = SETTINGS.entrySet().stream()
                .filter(setting -> !word(setting.getValue(), held).equals(word(setting.getValue(), asked)))
                .map(setting -> setting.getKey() + " " + word(setting.getValue(), held) + ", asked "
                        + word(setting.getValue(), asked))
                .collect(Collectors.joining("; "));
        return settings.isEmpty() ? Stream.empty() : Stream.of(held.name() + " (" + settings + ")");
    }

    /** A level may be a number here and the same in digits there. */
    private static String word(Function<Bucket, Object> setting, Bucket bucket) {
        return String.valueOf(setting.apply(bucket));
    }

    /** By name, as nodes hold them; a node that learned of a bucket later than others may not know it yet. */
    private static Map<String, Bucket> held(Observed seen) {
        return seen.reports()
                .flatMap(report -> report.buckets().stream())
                .collect(Collectors.toMap(Bucket::name, bucket -> bucket, (first, same) -> first, TreeMap::new));
    }
}
