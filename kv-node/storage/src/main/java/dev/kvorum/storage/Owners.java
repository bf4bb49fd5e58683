package dev.kvorum.storage;

import dev.kvorum.storage.files.Identity;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whose volume the small files say this is. Three of them tell it, so that it is still known when one is lost or was
 * put there from elsewhere. Empty stands for a file that is missing or damaged.
 */
record Owners(Optional<Identity> identity, Optional<Identity> commit, Optional<Identity> starts) {

    /**
     * The owner by the word of most, under the node id that it took last; empty when they say nothing, or contradict
     * each other evenly. A file that names another node is not heard.
     *
     * @param name the configured name of the node
     */
    Optional<Identity> told(String name) {
        Map<String, List<Identity>> byVolume = readable().stream()
                .filter(owner -> owner.name().equals(name))
                .collect(Collectors.groupingBy(Identity::volumeId, LinkedHashMap::new, Collectors.toList()));
        int most = byVolume.values().stream().mapToInt(List::size).max().orElse(0);
        List<List<Identity>> leading =
                byVolume.values().stream().filter(same -> same.size() == most).toList();
        return leading.size() == 1
                ? leading.getFirst().stream().max(Comparator.comparingInt(Identity::adoptions))
                : Optional.empty();
    }

    /** The name of another node, when every file that can be read gives one other than this. */
    Optional<String> otherName(String name) {
        List<Identity> readable = readable();
        return readable.stream().anyMatch(owner -> owner.name().equals(name))
                ? Optional.empty()
                : readable.stream().map(Identity::name).findFirst();
    }

    /** What is wrong with the first file that is not this volume's. */
    Optional<Damage> flaw(Optional<Identity> told) {
        Map<String, Optional<Identity>> files = new LinkedHashMap<>();
        files.put(StoreFiles.IDENTITY, identity);
        files.put(StoreFiles.COMMIT, commit);
        files.put(StoreFiles.STARTS, starts);
        return files.entrySet().stream()
                .flatMap(file -> flaw(file.getKey(), file.getValue(), told).stream())
                .findFirst();
    }

    private static Optional<Damage> flaw(String file, Optional<Identity> says, Optional<Identity> told) {
        if (says.isEmpty()) {
            return Optional.of(new Damage(file, "is missing or damaged"));
        }
        boolean same =
                told.isPresent() && told.get().volumeId().equals(says.get().volumeId());
        return same ? Optional.empty() : Optional.of(new Damage(file, "belongs to another volume"));
    }

    private List<Identity> readable() {
        return List.of(identity, commit, starts).stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
