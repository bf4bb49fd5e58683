package dev.kvorum.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvorum.storage.files.Identity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnersTest {

    private static final String NAME = "zone-a-0";
    private final Identity own = Identity.mint(NAME);
    private final Identity adopted = own.becoming(Identity.mint(NAME).nodeId());
    private final Identity stranger = Identity.mint("zone-b-1");
    private final Identity namesake = Identity.mint(NAME);

    @Test
    void threeFilesThatAgreeAreSound() {
        Owners owners = owners(own, own, own);
        assertThat(owners.told(NAME)).contains(own);
        assertThat(owners.flaw(owners.told(NAME))).isEmpty();
        assertThat(owners.otherName(NAME)).isEmpty();
    }

    @Test
    void theNodeIdTakenLastCountsWhereverItIs() {
        assertThat(owners(adopted, own, own).told(NAME)).contains(adopted);
        assertThat(owners(own, own, adopted).told(NAME)).contains(adopted);
        assertThat(owners(null, own, adopted).told(NAME)).contains(adopted);
        Owners mixed = owners(own, adopted, own);
        assertThat(mixed.flaw(mixed.told(NAME))).as("no damage").isEmpty();
    }

    @Test
    void aLostFileIsNamedAndTheOthersTellWhoseItIs() {
        assertThat(flawed(owners(null, own, own))).isEqualTo("store/identity: is missing or damaged");
        assertThat(flawed(owners(own, null, own))).isEqualTo("store/commit: is missing or damaged");
        assertThat(flawed(owners(own, own, null))).isEqualTo("store/starts: is missing or damaged");
        assertThat(owners(null, null, own).told(NAME)).contains(own);
        assertThat(owners(null, null, null).told(NAME)).isEmpty();
    }

    @Test
    void aFileOfAnotherNodeOrVolumeIsOutvotedAndNamed() {
        assertThat(owners(stranger, own, null).told(NAME)).contains(own);
        assertThat(flawed(owners(stranger, own, own))).isEqualTo("store/identity: belongs to another volume");
        assertThat(owners(namesake, own, own).told(NAME)).contains(own);
        assertThat(flawed(owners(own, own, namesake))).isEqualTo("store/starts: belongs to another volume");
    }

    @Test
    void filesThatContradictEachOtherEvenlyTellNothing() {
        Owners owners = owners(own, namesake, null);
        assertThat(owners.told(NAME)).isEmpty();
        assertThat(owners.flaw(owners.told(NAME))).isPresent();
    }

    @Test
    void aDirectoryIsAnotherNodesOnlyWhenNoFileNamesThisOne() {
        assertThat(owners(stranger, null, stranger).otherName(NAME)).contains("zone-b-1");
        assertThat(owners(stranger, null, own).otherName(NAME)).isEmpty();
        assertThat(owners(null, null, null).otherName(NAME)).isEmpty();
    }

    private static String flawed(Owners owners) {
        return owners.flaw(owners.told(NAME)).orElseThrow().toString();
    }

    private static Owners owners(@Nullable Identity identity, @Nullable Identity commit, @Nullable Identity starts) {
        return new Owners(Optional.ofNullable(identity), Optional.ofNullable(commit), Optional.ofNullable(starts));
    }
}
