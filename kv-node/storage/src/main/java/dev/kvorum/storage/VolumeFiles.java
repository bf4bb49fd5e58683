package dev.kvorum.storage;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.storage.files.CommitFile;
import dev.kvorum.storage.files.CommitMark;
import dev.kvorum.storage.files.Identity;
import dev.kvorum.storage.files.IdentityFile;
import dev.kvorum.storage.files.Starts;
import dev.kvorum.storage.files.Starts.Trust;
import dev.kvorum.storage.files.StartsFile;
import java.io.IOException;
import java.util.Optional;

/**
 * The small files of a volume that is open: whose it is, how often it was started, how far its log was acknowledged.
 * Every change is durable on return. From any thread.
 */
final class VolumeFiles implements AutoCloseable {

    private final StoreFiles names;
    private final CommitFile commit;
    private volatile Starts starts;

    private VolumeFiles(StoreFiles names, CommitFile commit, Starts starts) {
        this.names = names;
        this.commit = commit;
        this.starts = starts;
    }

    /**
     * Takes over the files of a volume that was judged and whose start was counted.
     *
     * @param starts as counted; its owner is the one that all files name from now on
     */
    static VolumeFiles open(StoreFiles names, Starts starts, CommitMark mark) throws IOException {
        Identity owner = starts.owner();
        if (!IdentityFile.read(names.identity()).equals(Optional.of(owner))) {
            IdentityFile.write(names.identity(), owner);
        }
        return new VolumeFiles(names, CommitFile.open(names.commit(), owner, mark), starts);
    }

    CommitFile commit() {
        return commit;
    }

    Identity identity() {
        return starts.owner();
    }

    long boot() {
        return starts.boot();
    }

    /**
     * Two files take the new node id, one after the other, and the third at the next open. Of different ones the one
     * taken last counts, so the first write decides.
     */
    synchronized void become(NodeId node) throws IOException {
        if (!starts.owner().nodeId().equals(node)) {
            Identity changed = starts.owner().becoming(node);
            keep(new Starts(changed, starts.boot(), starts.trust()));
            IdentityFile.write(names.identity(), changed);
        }
    }

    /** After this the volume is not believed again. */
    synchronized void note(Damage damage) throws IOException {
        DamageNote.write(names, damage);
        keep(new Starts(starts.owner(), starts.boot(), Trust.FORSAKEN));
    }

    private void keep(Starts changed) throws IOException {
        StartsFile.write(names.starts(), changed);
        starts = changed;
    }

    @Override
    public void close() {
        commit.close();
    }
}
