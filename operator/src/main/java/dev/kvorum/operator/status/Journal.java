package dev.kvorum.operator.status;

import dev.kvorum.crds.status.Condition;
import dev.kvorum.crds.status.KVClusterStatus;
import dev.kvorum.operator.act.News;
import dev.kvorum.operator.act.Outcome.Deed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last decisions: what was done, and each condition that changed its status or reason. */
public final class Journal {

    private static final int MAX_LINES = 20;
    private static final int MAX_BYTES = 256;

    private Journal() {}

    static List<String> next(
            @Nullable KVClusterStatus before, List<Condition> conditions, List<Deed> deeds, Instant now) {
        var lines = new ArrayList<>(before == null ? List.of() : before.journal());
        news(before, conditions, deeds).forEach(news -> lines.add(line(news, now)));
        return lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
    }

    /** What is new since the status before, in the order in which it is told. */
    public static List<News> news(@Nullable KVClusterStatus before, List<Condition> conditions, List<Deed> deeds) {
        Stream<News> done = deeds.stream().map(deed -> new News(deed.reason().word(), deed.text(), News.Tone.NORMAL));
        Stream<News> changed = conditions.stream()
                .filter(condition -> isNews(before, condition))
                .map(condition -> new News(
                        condition.reason(),
                        condition.type() + " is " + condition.status() + ": " + condition.message(),
                        tone(condition)));
        return Stream.concat(done, changed).toList();
    }

    private static boolean isNews(@Nullable KVClusterStatus before, Condition condition) {
        if (before == null || before.conditions().isEmpty()) {
            // At birth only what stands out is told.
            return condition.status().equals("True");
        }
        return before.conditions().stream()
                .noneMatch(old -> old.type().equals(condition.type())
                        && old.status().equals(condition.status())
                        && old.reason().equals(condition.reason()));
    }

    private static News.Tone tone(Condition condition) {
        boolean bad = switch (condition.type()) {
            case "Ready", "Available", "RingStable" -> condition.status().equals("False");
            case "Degraded", "ScalingLimited" -> condition.status().equals("True");
            default -> false;
        };
        return bad ? News.Tone.WARNING : News.Tone.NORMAL;
    }

    private static String line(News news, Instant now) {
        return limited(now.truncatedTo(ChronoUnit.SECONDS) + " " + news.reason() + ": " + news.text());
    }

    /** Cut to whole characters within the limit in bytes. */
    private static String limited(String text) {
        String line = text;
        while (line.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            line = line.substring(0, line.offsetByCodePoints(line.length(), -1));
        }
        return line;
    }
}
