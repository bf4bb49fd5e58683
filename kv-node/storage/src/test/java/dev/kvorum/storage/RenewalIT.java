package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.Arrival.FormerVolume;
import dev.kvorum.storage.Passage.Step;
import dev.kvorum.storage.commit.Durability;
import dev.kvorum.storage.files.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalIT {

    /** Up to here a crash leaves the old store. */
    private static final List<Step> BEFORE = List.of(
            Step.FORMER_START_COUNTED,
            Step.DATABASE_MADE,
            Step.FILES_MADE,
            Step.SUCCESSOR_READY,
            Step.EARLIER_EVIDENCE_DELETED);

    private static final List<Step> AFTER =
            List.of(Step.SET_ASIDE, Step.STORE_IN_PLACE, Step.START_COUNTED, Step.DATABASE_OPENED, Step.MARK_WRITTEN);

    private final Path directory;
    private final Volume volume;
    private Identity former;

    RenewalIT(@TempDir Path directory) {
        this.directory = directory;
        this.volume = new Volume(directory.resolve("volume"));
        this.former = Identity.mint("nobody");
    }

    /** Two starts, and then a log cut short. */
    @BeforeEach
    void damage() throws IOException {
        volume.open().close();
        try (NodeStorage storage = volume.open()) {
            Volume.write(storage, 1, 20, Durability.FSYNC);
            former = storage.identity();
        }
        Files.delete(store().resolve("rocksdb/CURRENT"));
    }

    @Test
    void anEmptyStoreTakesThePlaceAndRemembersTheFormerOneUntilThatIsSettled() throws IOException {
        Recovery verdict = volume.renew(volume.recover());
        assertThat(verdict).isInstanceOf(Recovery.Fresh.class);
        Arrival anew = new Arrival.Anew(Optional.of(new FormerVolume(former.volumeId(), 3)));
        try (NodeStorage storage = Volume.storage(verdict)) {
            assertThat(storage.identity().nodeId()).isEqualTo(former.nodeId());
            assertThat(storage.identity().volumeId()).isNotEqualTo(former.volumeId());
            assertThat(storage.start().boot()).isEqualTo(1);
            assertThat(storage.count(0, StoredKey.SLOTS)).isEqualTo(new Count.Counted(0));
            assertThat(storage.arrival()).isEqualTo(anew);
        }
        try (NodeStorage storage = volume.open()) {
            assertThat(storage.arrival()).as("after a restart").isEqualTo(anew);
            storage.settled();
            assertThat(storage.arrival()).isEqualTo(new Arrival.Kept());
        }
        try (NodeStorage storage = volume.open()) {
            assertThat(storage.arrival()).as("for good").isEqualTo(new Arrival.Kept());
            assertThat(storage.start().boot()).isEqualTo(3);
        }
    }

    @Test
    void theStoreSetAsideIsWholeButForItsCountAndOnlyTheLastOneIsKept() throws IOException {
        Map<String, Long> evidence = Tree.checksums(store());
        Volume.storage(volume.renew(volume.recover())).close();
        Map<String, Long> aside = Tree.checksums(aside());
        assertThat(aside.remove("starts")).isNotEqualTo(evidence.remove("starts"));
        assertThat(aside).isEqualTo(evidence);

        Files.delete(store().resolve("commit"));
        Volume.storage(volume.renew(volume.recover())).close();
        assertThat(aside().resolve("rocksdb/CURRENT")).as("of the second one").exists();
        assertThat(aside().resolve("commit")).doesNotExist();
    }

    @Test
    void aCrashBeforeTheOldStoreMovedLeavesItToBeJudgedAgain() throws IOException {
        long boot = 3;
        for (Step step : BEFORE) {
            assertThat(volume.renewUntil(step, volume.recover())).isInstanceOf(Recovery.Unavailable.class);
            Recovery again = volume.recover();
            assertThat(again)
                    .as("after %s", step)
                    .isInstanceOfSatisfying(
                            Recovery.Amnesia.class,
                            amnesia -> assertThat(amnesia.identity()).contains(former));
            assertThat(volume.dataDir().resolve("store.successor")).doesNotExist();
            boot++;
        }
        try (NodeStorage storage = Volume.storage(volume.renew(volume.recover()))) {
            assertThat(storage.arrival())
                    .isEqualTo(new Arrival.Anew(Optional.of(new FormerVolume(former.volumeId(), boot))));
        }
    }

    @Test
    void aCrashAfterTheOldStoreMovedLeavesTheNewOneWithItsMemory() throws IOException {
        for (Step step : AFTER) {
            Path tried = directory.resolve(step.name());
            Tree.copy(volume.directory(), tried);
            Volume cut = Volume.ofRunningKernel(tried);
            assertThat(cut.renewUntil(step, cut.recover())).isInstanceOf(Recovery.Unavailable.class);
            Recovery verdict = cut.recover();
            assertThat(verdict).as("after %s", step).isInstanceOf(Recovery.Clean.class);
            try (NodeStorage storage = Volume.storage(verdict)) {
                assertThat(storage.arrival())
                        .isEqualTo(new Arrival.Anew(Optional.of(new FormerVolume(former.volumeId(), 3))));
                assertThat(storage.identity().nodeId()).isEqualTo(former.nodeId());
                Volume.write(storage, 1, 3, Durability.FSYNC);
            }
            assertThat(tried.resolve("data/store.former/commit")).exists();
        }
    }

    @Test
    void aLostCountIsTakenFromTheCommitFileAndTheEvidenceStays() throws IOException {
        Files.delete(store().resolve("starts"));
        try (NodeStorage storage = Volume.storage(volume.renew(volume.recover()))) {
            assertThat(storage.arrival())
                    .isEqualTo(new Arrival.Anew(Optional.of(new FormerVolume(former.volumeId(), 3))));
        }
        assertThat(aside().resolve("starts")).doesNotExist();
    }

    @Test
    void whereNoFileTellsAnythingTheNodeIsANewOneToo() throws IOException {
        for (String file : List.of("starts", "commit", "identity")) {
            Files.delete(store().resolve(file));
        }
        try (NodeStorage storage = Volume.storage(volume.renew(volume.recover()))) {
            assertThat(storage.arrival()).isEqualTo(new Arrival.Anew(Optional.empty()));
            assertThat(storage.identity().nodeId()).isNotEqualTo(former.nodeId());
        }
    }

    @Test
    void aVerdictThatIsNoLongerTrueIsRefused() {
        Recovery verdict = volume.recover();
        Volume.storage(volume.renew(verdict)).close();
        assertThat(volume.renew(verdict))
                .isInstanceOfSatisfying(
                        Recovery.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains(volume.dataDir().toString(), "start again"));
        try (NodeStorage storage = volume.open()) {
            assertThat(storage.start().boot()).isEqualTo(2);
        }
    }

    @Test
    void anEmptyDirectoryAfterADamagedOneIsFreshAndNothingArrives() throws IOException {
        Volume.storage(volume.renew(volume.recover())).close();
        Tree.delete(store());
        Recovery verdict = volume.recover();
        assertThat(verdict).isInstanceOf(Recovery.Fresh.class);
        try (NodeStorage storage = Volume.storage(verdict)) {
            assertThat(storage.arrival()).isEqualTo(new Arrival.Kept());
        }
    }

    private Path store() {
        return volume.dataDir().resolve("store");
    }

    private Path aside() {
        return volume.dataDir().resolve("store.former");
    }
}
