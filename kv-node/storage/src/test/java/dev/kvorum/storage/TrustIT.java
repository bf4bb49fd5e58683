package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kvorum.core.ring.NodeId;
import dev.kvorum.storage.commit.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node learns about its volume from others: its id, that it is not to be believed, how far others are. */
class TrustIT {

    private static final NodeId ADOPTED = new NodeId(1, 2, 3);
    private static final String OTHER = "0123456789abcdef0123456789abcdef";

    private final Volume volume;

    TrustIT(@TempDir Path directory) {
        this.volume = new Volume(directory);
    }

    // ---- another node id ----------------------------------------------------------------------------------------

    @Test
    void anAdoptedNodeIdIsToldAtOnceAndAfterRestarts() throws IOException {
        try (NodeStorage storage = volume.open()) {
            String volumeId = storage.identity().volumeId();
            storage.becomeNode(ADOPTED);
            assertThat(storage.identity().nodeId()).isEqualTo(ADOPTED);
            assertThat(storage.identity().volumeId()).isEqualTo(volumeId);
        }
        assertThat(nodeId()).isEqualTo(ADOPTED);
        try (NodeStorage storage = volume.open()) {
            storage.becomeNode(new NodeId(4, 5, 6));
            storage.becomeNode(ADOPTED);
        }
        assertThat(nodeId()).isEqualTo(ADOPTED);
    }

    @Test
    void whicheverFileOfADamagedVolumeIsLeftTellsTheAdoptedId() throws IOException {
        adopt();
        volume.open().close();
        for (List<String> lost :
                List.of(List.of("identity", "commit"), List.of("identity", "starts"), List.of("commit", "starts"))) {
            assertThat(nodeIdWithout(lost)).as("without %s", lost).isEqualTo(ADOPTED);
        }
    }

    @Test
    void aPowerCutRightAfterTheAdoptionLeavesItInEitherOfTheFilesThatMayBeLost() throws IOException {
        adopt();
        assertThat(nodeIdWithout(List.of("identity"))).isEqualTo(ADOPTED);
        assertThat(nodeIdWithout(List.of("starts"))).isEqualTo(ADOPTED);
    }

    @Test
    void aCrashBetweenTheFilesAndAnOlderCopyOfOneAreHealed() throws IOException {
        volume.open().close();
        byte[] minted = Files.readAllBytes(file("identity"));
        adopt();
        Files.write(file("identity"), minted);
        assertThat(nodeId()).isEqualTo(ADOPTED);
        assertThat(Files.readAllBytes(file("identity"))).isNotEqualTo(minted);
    }

    // ---- the word of others -------------------------------------------------------------------------------------

    @Test
    void aForsakenVolumeSaysSoAtOnceAndIsNotBelievedAgain() throws IOException {
        forsake("node b has seen batch 9 of it");
        for (int start = 0; start < 2; start++) {
            assertThat(volume.recover()).isInstanceOfSatisfying(Recovery.Amnesia.class, amnesia -> {
                assertThat(amnesia.damage()).isEqualTo(new Damage("store", "node b has seen batch 9 of it"));
                assertThat(amnesia.identity()).isPresent();
            });
        }
        Volume.storage(volume.renew(volume.recover())).close();
        Recovery verdict = volume.recover();
        assertThat(verdict).as("the volume in its place").isInstanceOf(Recovery.Clean.class);
        Volume.storage(verdict).close();
    }

    @Test
    void noHarmToTheNoteBringsTheTrustBack() throws IOException {
        forsake("an old copy");
        byte[] whole = Files.readAllBytes(file("damage"));
        for (Harm harm : List.of(Harm.FLIP, Harm.TRUNCATE, Harm.EMPTY, Harm.ZERO_PAGE, Harm.DELETE)) {
            harm.to(file("damage"), file("damage"), 4);
            assertThat(volume.recover()).as("after %s", harm).isInstanceOf(Recovery.Amnesia.class);
            Files.write(file("damage"), whole);
        }
    }

    @Test
    void theFirstNoteStays() throws IOException {
        try (NodeStorage storage = volume.open()) {
            storage.forsake("an old copy");
            storage.forsake("lost");
        }
        assertThat(((Recovery.Amnesia) volume.recover()).damage().what()).isEqualTo("an old copy");
    }

    @Test
    void aClosedStorageTakesNoWord() {
        NodeStorage storage = volume.open();
        storage.close();
        assertThatThrownBy(() -> storage.forsake("late")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> storage.becomeNode(ADOPTED)).isInstanceOf(IOException.class);
        assertThatThrownBy(storage::settled).isInstanceOf(IOException.class);
    }

    // ---- how far others are -------------------------------------------------------------------------------------

    @Test
    void whatOthersShowedIsKeptWithTheNextBatch() {
        try (NodeStorage storage = volume.open()) {
            storage.witness(OTHER, 7);
            Volume.write(storage, 1, 1, Durability.FSYNC);
            long batches = storage.commits().commits();
            storage.witness(OTHER, 8);
            assertThat(storage.witnessed(OTHER)).isEqualTo(8);
            assertThat(storage.commits().commits()).as("no batch of its own").isEqualTo(batches);
        }
        try (NodeStorage storage = volume.open()) {
            assertThat(storage.witnessed(OTHER)).isEqualTo(7);
            storage.forgetWitnessed(OTHER);
            Volume.write(storage, 2, 2, Durability.FSYNC);
        }
        try (NodeStorage storage = volume.open()) {
            assertThat(storage.witnessed(OTHER)).isZero();
        }
    }

    private void adopt() throws IOException {
        try (NodeStorage storage = volume.open()) {
            storage.becomeNode(ADOPTED);
        }
    }

    private void forsake(String why) throws IOException {
        try (NodeStorage storage = volume.open()) {
            storage.forsake(why);
            assertThat(storage.damage()).contains(new Damage("store", why));
        }
    }

    private NodeId nodeId() {
        try (NodeStorage storage = volume.open()) {
            return storage.identity().nodeId();
        }
    }

    /** What the verdict tells when files are lost, which are then put back. */
    private NodeId nodeIdWithout(List<String> lost) throws IOException {
        for (String name : lost) {
            Files.move(file(name), volume.directory().resolve(name));
        }
        Recovery verdict = volume.recover();
        assertThat(verdict).isInstanceOf(Recovery.Amnesia.class);
        for (String name : lost) {
            Files.move(volume.directory().resolve(name), file(name), StandardCopyOption.REPLACE_EXISTING);
        }
        return ((Recovery.Amnesia) verdict).identity().orElseThrow().nodeId();
    }

    private Path file(String name) {
        return volume.dataDir().resolve("store").resolve(name);
    }
}
