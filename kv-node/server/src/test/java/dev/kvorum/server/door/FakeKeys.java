package dev.kvorum.server.door;

import dev.kvorum.core.request.ClientReply.Failed;
import dev.kvorum.core.version.Dot;
import dev.kvorum.core.version.Kind;
import dev.kvorum.core.version.Sibling;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of a node in memory, all of one slot; a cursor is a position among them. */
public final class FakeKeys implements HomeKeys {

    private static final byte[] NOTHING = {};

    private volatile List<String> keys = List.of();
    private volatile @Nullable Failed failure;

    public void become(List<String> now) {
        keys = now;
    }

    public void failWith(Failed failed) {
        failure = failed;
    }

    @Override
    public Future<Answer> page(int bucket, long cursor, int most, Wanted wanted) {
        Failed failed = failure;
        if (failed != null) {
            return Future.succeededFuture(new Answer.Refused(failed));
        }
        int end = (int) Math.min(keys.size(), cursor + most);
        List<byte[]> page = new ArrayList<>();
        for (String key : keys.subList((int) Math.min(end, cursor), end)) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            if (wanted.test(bytes, new Sibling(new Dot(1, 1), Kind.BYTES, "", 0, 1, NOTHING, bytes))) {
                page.add(bytes);
            }
        }
        return Future.succeededFuture(new Answer.Page(page, end == keys.size() ? START : end));
    }

    @Override
    public Future<Answer> count(int bucket, int first, int last) {
        Failed failed = failure;
        return Future.succeededFuture(failed == null ? new Answer.Counted(keys.size()) : new Answer.Refused(failed));
    }
}
