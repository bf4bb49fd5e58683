package dev.kvorum.storage;

import dev.kvorum.storage.Arrival.FormerVolume;
import dev.kvorum.storage.files.CommitFile;
import dev.kvorum.storage.files.DurableFiles;
import dev.kvorum.storage.files.Identity;
import dev.kvorum.storage.files.Starts;
import dev.kvorum.storage.files.StartsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/**
 * Puts an empty store in the place of one that cannot be believed, and that one aside. The new one is whole before the
 * old one moves: until {@code SET_ASIDE} a crash leaves the old store, to be judged again, and from then on the new.
 */
final class Renewal {

    private final StoreFiles files;
    private final StoreMaking making;
    private final Passage passage;

    Renewal(StoreFiles files, StoreMaking making, Passage passage) {
        this.files = files;
        this.making = making;
        this.passage = passage;
    }

    /** Ends what a crash left half done; before anything else looks at the directory. */
    static void resume(StoreFiles files) throws IOException {
        if (Files.exists(files.successor())) {
            if (Files.exists(files.store())) {
                DurableFiles.deleteTree(files.successor());
            } else {
                DurableFiles.move(files.successor(), files.store());
            }
        }
    }

    /** @param told whose volume the present one is, if that is known */
    void renew(String name, Optional<Identity> told) throws IOException, RocksDBException {
        Optional<FormerVolume> former = countStart(told);
        passage.passed(Passage.Step.FORMER_START_COUNTED);
        Identity identity =
                told.map(owner -> Identity.mint(name, owner.nodeId())).orElseGet(() -> Identity.mint(name));
        StoreFiles made = making.make(identity, Optional.of(ArrivalRecord.anew(former)));
        DurableFiles.move(made.store(), files.successor());
        passage.passed(Passage.Step.SUCCESSOR_READY);
        DurableFiles.deleteTree(files.former());
        passage.passed(Passage.Step.EARLIER_EVIDENCE_DELETED);
        DurableFiles.move(files.store(), files.former());
        passage.passed(Passage.Step.SET_ASIDE);
        DurableFiles.move(files.successor(), files.store());
        passage.passed(Passage.Step.STORE_IN_PLACE);
    }

    /**
     * One more start of the former volume than anybody was told of. Counted in its own file, too, unless that is
     * damaged: then the last start by the word of the commit file is the last that got as far as being told.
     */
    private Optional<FormerVolume> countStart(Optional<Identity> told) throws IOException {
        if (told.isEmpty()) {
            return Optional.empty();
        }
        String volumeId = told.get().volumeId();
        Optional<Starts> counted = StartsFile.read(files.starts()).filter(starts -> isOf(volumeId, starts.owner()));
        Optional<Long> marked = CommitFile.read(files.commit())
                .filter(content -> isOf(volumeId, content.owner()))
                .map(content -> content.mark().boot());
        if (counted.isEmpty()) {
            return marked.map(boot -> new FormerVolume(volumeId, boot + 1));
        }
        Starts next = counted.get().after(Math.max(counted.get().boot(), marked.orElse(0L)));
        StartsFile.write(files.starts(), next);
        return Optional.of(new FormerVolume(volumeId, next.boot()));
    }

    private static boolean isOf(String volumeId, Identity owner) {
        return owner.volumeId().equals(volumeId);
    }
}
