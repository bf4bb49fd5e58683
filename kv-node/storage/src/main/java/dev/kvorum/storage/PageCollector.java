package dev.kvorum.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/** Collects one page of a scan. */
final class PageCollector implements RocksStore.Visitor {

    private final PageLimits limits;
    private final List<Scan.Entry> entries = new ArrayList<>();
    private long bytes;
    private byte @Nullable [] last;
    private boolean more;

    PageCollector(PageLimits limits) {
        this.limits = limits;
    }

    /** The smallest key behind {@code stored}. */
    static byte[] after(byte[] stored) {
        return Arrays.copyOf(stored, stored.length + 1);
    }

    @Override
    public boolean visit(RocksIterator at) {
        more = entries.size() >= limits.keys() || bytes >= limits.bytes();
        if (more) {
            return false;
        }
        byte[] stored = at.key();
        byte[] value = at.value();
        entries.add(new Scan.Entry(StoredKey.slot(stored), StoredKey.bucket(stored), StoredKey.key(stored), value));
        bytes += stored.length + value.length;
        last = stored;
        return true;
    }

    Scan.Page page() {
        return new Scan.Page(List.copyOf(entries), more ? last : null);
    }
}
