package dev.kvorum.local.kubelet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image's entry point is on this machine.
 *
 * @param byRepository image repository, without tag, to the arguments of {@code java}
 */
public record Programs(Map<String, List<String>> byRepository) {

    /** The arguments for an image, if it is one that this machine can run. */
    Optional<List<String>> find(String image) {
        int slash = image.lastIndexOf('/');
        String withoutDigest = image.split("@", 2)[0];
        int colon = withoutDigest.lastIndexOf(':');
        String repository = colon > slash ? withoutDigest.substring(0, colon) : withoutDigest;
        return Optional.ofNullable(byRepository.get(repository));
    }
}
