package dev.kvorum.storage;

import java.util.function.Consumer;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/** Hears of a flush or compaction that failed, which no caller of RocksDB would learn of before its next write. */
final class BackgroundErrors extends AbstractEventListener {

    private final Consumer<Status> report;

    BackgroundErrors(Consumer<Status> report) {
        super(EnabledEventCallback.ON_BACKGROUND_ERROR);
        this.report = report;
    }

    @Override
    public void onBackgroundError(BackgroundErrorReason reason, Status status) {
        report.accept(status);
    }
}
