package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import dev.kvorum.local.objects.Meta;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a pod's volumes as directories. */
final class Volumes {

    private final Agent agent;
    private final Layout layout;

    Volumes(Agent agent, Layout layout) {
        this.agent = agent;
        this.layout = layout;
    }

    /** Where each mount path of the container really is, the longest path first; files are brought up to date. */
    SortedMap<String, Path> mount(ObjectNode pod, JsonNode container) throws CannotStartException, IOException {
        SortedMap<String, Path> byName = new TreeMap<>();
        for (JsonNode volume : pod.at("/spec/volumes")) {
            byName.put(Json.text(volume, "name"), directory(pod, volume));
        }
        SortedMap<String, Path> byMountPath = new TreeMap<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (JsonNode mount : container.path("volumeMounts")) {
            String name = Json.text(mount, "name");
            Path directory = Optional.ofNullable(byName.get(name))
                    .orElseThrow(() -> new CannotStartException("volumeMount " + name + ": no such volume in the pod"));
            String within = Json.text(mount, "subPath");
            byMountPath.put(Json.text(mount, "mountPath"), within.isEmpty() ? directory : directory.resolve(within));
        }
        return byMountPath;
    }

    private Path directory(ObjectNode pod, JsonNode volume) throws CannotStartException, IOException {
        if (volume.has("persistentVolumeClaim")) {
            return claimed(pod, Json.text(volume, "persistentVolumeClaim", "claimName"));
        }
        Path own = layout.pod(pod).resolve("volumes").resolve(Json.text(volume, "name"));
        Files.createDirectories(own);
        if (volume.has("configMap")) {
            fill(own, volume.path("configMap"), configMap(pod, volume.path("configMap")));
        } else if (volume.has("secret")) {
            fill(own, volume.path("secret"), secret(pod, volume.path("secret")));
        } else if (!volume.has("emptyDir")) {
            throw new CannotStartException("volume " + Json.text(volume, "name")
                    + ": the local stand-in has configMap, secret, emptyDir and persistentVolumeClaim volumes only");
        }
        return own;
    }

    private Path claimed(JsonNode pod, String name) throws CannotStartException {
        String volume = agent.find("persistentvolumeclaims", Meta.namespace(pod), name)
                .map(claim -> Json.text(claim, "spec", "volumeName"))
                .orElse("");
        Path path = agent.find("persistentvolumes", "", volume)
                .map(found -> Path.of(Json.text(found, "spec", "hostPath", "path")))
                .orElseThrow(() -> new CannotStartException("persistentvolumeclaim \"" + name + "\" is not bound yet"));
        if (!Files.isDirectory(path)) {
            throw new CannotStartException("the volume's directory " + path + " is gone: delete the claim " + name
                    + " and the pod to start with an empty one");
        }
        return path;
    }

    private SortedMap<String, byte[]> configMap(JsonNode pod, JsonNode source) throws CannotStartException {
        ObjectNode map = named("configmaps", pod, source, Json.text(source, "name"));
        SortedMap<String, byte[]> files = new TreeMap<>();
        Json.strings(map, "data").forEach((key, text) -> files.put(key, text.getBytes(StandardCharsets.UTF_8)));
        Json.strings(map, "binaryData")
                .forEach((key, text) -> files.put(key, Base64.getDecoder().decode(text)));
        return files;
    }

    private SortedMap<String, byte[]> secret(JsonNode pod, JsonNode source) throws CannotStartException {
        ObjectNode secret = named("secrets", pod, source, Json.text(source, "secretName"));
        SortedMap<String, byte[]> files = new TreeMap<>();
        Json.strings(secret, "data")
                .forEach((key, text) -> files.put(key, Base64.getDecoder().decode(text)));
        return files;
    }

    private ObjectNode named(String resource, JsonNode pod, JsonNode source, String name) throws CannotStartException {
        Optional<ObjectNode> found = agent.find(resource, Meta.namespace(pod), name);
        if (found.isEmpty() && !source.path("optional").asBoolean()) {
            throw new CannotStartException(resource + " \"" + name + "\" not found");
        }
        return found.orElseGet(Json::object);
    }

    private static void fill(Path directory, JsonNode source, SortedMap<String, byte[]> files)
            throws CannotStartException, IOException {
        SortedMap<String, byte[]> wanted = new TreeMap<>();
        if (source.path("items").isEmpty()) {
            wanted.putAll(files);
        }
        for (JsonNode item : source.path("items")) {
            byte[] content = files.get(Json.text(item, "key"));
            if (content == null) {
                throw new CannotStartException("no key " + Json.text(item, "key") + " for a volume's file");
            }
            wanted.put(Json.text(item, "path"), content);
        }
        for (Map.Entry<String, byte[]> file : wanted.entrySet()) {
            write(directory.resolve(file.getKey()), file.getValue());
        }
    }

    /** Readable by the owner alone: one of them may be a token. */
    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
