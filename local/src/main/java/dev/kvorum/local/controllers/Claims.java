package dev.kvorum.local.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.DeleteOptions;
import dev.kvorum.local.objects.Meta;
import dev.kvorum.local.objects.Objects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Claims and volumes. A claim is bound at once to a volume that is a directory; the directory goes with the volume, the
 * volume with its claim, and the claim not before the last pod that uses it.
 */
final class Claims implements Controller {

    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String VOLUMES = "persistentvolumes";
    private static final String IN_USE = "kubernetes.io/pvc-protection";

    private final Agent agent;
    private final Path directory;

    Claims(Objects objects, Path directory) {
        this.agent = new Agent(objects, "persistentvolume-controller");
        this.directory = directory;
    }

    @Override
    public void reconcile() {
        for (ObjectNode claim : agent.list(CLAIMS)) {
            if (Meta.isDeleting(claim)) {
                release(claim);
            } else if (!Json.text(claim, "status", "phase").equals("Bound")) {
                bind(claim);
            } else {
                grow(claim);
            }
        }
        agent.list(VOLUMES).forEach(this::reclaim);
    }

    private void bind(ObjectNode claim) {
        String name = "pvc-" + Meta.uid(claim);
        if (agent.find(VOLUMES, "", name).isEmpty()) {
            createDirectory(directory.resolve(name));
            agent.create(VOLUMES, volume(claim, name));
        }
        agent.edit(CLAIMS, claim, now -> {
            Json.child(now, "spec").put("volumeName", name);
            if (!Meta.finalizers(now).contains(IN_USE)) {
                Meta.metadata(now).withArray("finalizers").add(IN_USE);
            }
            return now;
        });
        agent.editStatus(CLAIMS, claim, now -> {
            ObjectNode status = Json.child(now, "status").put("phase", "Bound");
            status.set("accessModes", claim.at("/spec/accessModes"));
            Json.child(status, "capacity").set("storage", requested(claim));
            return now;
        });
        agent.reportNormal(claim, "ProvisioningSucceeded", "Successfully provisioned volume " + name);
    }

    private ObjectNode volume(ObjectNode claim, String name) {
        ObjectNode volume = Json.object();
        volume.putObject("metadata").put("name", name);
        ObjectNode spec = volume.putObject("spec");
        spec.putObject("capacity").set("storage", requested(claim));
        spec.set("accessModes", claim.at("/spec/accessModes"));
        spec.put("persistentVolumeReclaimPolicy", "Delete");
        spec.put("storageClassName", Json.text(claim, "spec", "storageClassName"));
        spec.putObject("hostPath").put("path", directory.resolve(name).toString());
        spec.putObject("claimRef")
                .put("apiVersion", "v1")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", Meta.namespace(claim))
                .put("name", Meta.name(claim))
                .put("uid", Meta.uid(claim));
        return volume;
    }

    private void grow(ObjectNode claim) {
        if (!claim.at("/status/capacity/storage").equals(requested(claim))) {
            agent.editStatus(CLAIMS, claim, now -> {
                Json.child(now, "status", "capacity").set("storage", requested(claim));
                return now;
            });
        }
    }

    private void release(ObjectNode claim) {
        boolean used = agent.list("pods", Meta.namespace(claim)).stream()
                .flatMap(pod -> Json.items(pod, "spec", "volumes").stream())
                .anyMatch(volume ->
                        Json.text(volume, "persistentVolumeClaim", "claimName").equals(Meta.name(claim)));
        if (!used) {
            agent.edit(CLAIMS, claim, now -> {
                List<String> rest = Meta.finalizers(now).stream()
                        .filter(finalizer -> !finalizer.equals(IN_USE))
                        .toList();
                ArrayNode finalizers = Meta.metadata(now).putArray("finalizers");
                rest.forEach(finalizers::add);
                return now;
            });
        }
    }

    private void reclaim(ObjectNode volume) {
        JsonNode reference = volume.at("/spec/claimRef");
        Optional<ObjectNode> claim =
                agent.find(CLAIMS, Json.text(reference, "namespace"), Json.text(reference, "name"));
        boolean isClaimed = claim.filter(found -> Meta.uid(found).equals(Json.text(reference, "uid")))
                .isPresent();
        if (isClaimed && !Json.text(volume, "status", "phase").equals("Bound")) {
            agent.editStatus(VOLUMES, volume, now -> {
                Json.child(now, "status").put("phase", "Bound");
                return now;
            });
        } else if (!isClaimed) {
            deleteDirectory(directory.resolve(Meta.name(volume)));
            agent.delete(VOLUMES, volume, DeleteOptions.plain());
        }
    }

    private static JsonNode requested(JsonNode claim) {
        return claim.at("/spec/resources/requests/storage");
    }

    private static void createDirectory(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the volume " + path, e);
        }
    }

    private static void deleteDirectory(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> walked = Files.walk(path)) {
            for (Path file : walked.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the volume " + path, e);
        }
    }
}
