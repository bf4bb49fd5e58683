package dev.kvorum.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.objects.Agent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Turns a pod's container into a process. */
final class ContainerStart {

    private static final int LAST_WORDS = 300;

    private final Programs programs;
    private final Children children;
    private final Layout layout;
    private final Volumes volumes;
    private final Environment environment;

    ContainerStart(Agent agent, Programs programs, Layout layout) {
        this.programs = programs;
        this.children = new Children(layout.home());
        this.layout = layout;
        this.volumes = new Volumes(agent, layout);
        this.environment = new Environment(agent);
    }

    String address(JsonNode pod) {
        return Json.text(pod, "status", "podIP");
    }

    Process start(ObjectNode pod) throws CannotStartException, IOException {
        JsonNode container = pod.at("/spec/containers/0");
        SortedMap<String, Path> mounts = volumes.mount(pod, container);
        Map<String, String> variables = environment.of(pod, container, mounts);
        Path directory = Files.createDirectories(layout.pod(pod));
        rotateLog(pod);
        File log = layout.log(pod).toFile();
        ProcessBuilder builder = new ProcessBuilder(command(pod, container, mounts.get("/tmp")))
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        // Like a container, the process sees nothing of the user's own environment.
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "LC_ALL"));
        builder.environment().putAll(variables);
        return builder.start();
    }

    private List<String> command(JsonNode pod, JsonNode container, @org.jspecify.annotations.Nullable Path temporary)
            throws CannotStartException {
        if (!container.path("command").isEmpty() || !container.path("args").isEmpty()) {
            throw new CannotStartException("command and args: the local stand-in runs an image's own entry point only");
        }
        String image = Json.text(container, "image");
        List<String> program = programs.find(image)
                .orElseThrow(() -> new CannotStartException("no program stands for image " + image));
        List<String> command = new ArrayList<>(children.java(Layout.fullName(pod), address(pod)));
        command.addAll(layout.nameFlags());
        if (temporary != null) {
            command.add("-Djava.io.tmpdir=" + temporary);
        }
        command.addAll(program);
        return command;
    }

    private void rotateLog(JsonNode pod) throws IOException {
        Files.createDirectories(layout.logs());
        if (Files.exists(layout.log(pod))) {
            Files.move(layout.log(pod), layout.previousLog(pod), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(layout.log(pod));
    }

    /** The last line that the container wrote, for its termination message. */
    String lastWords(JsonNode pod) {
        try {
            List<String> lines = Files.readAllLines(layout.log(pod));
            String last = lines.isEmpty() ? "" : lines.getLast();
            return last.length() > LAST_WORDS ? last.substring(0, LAST_WORDS) : last;
        } catch (IOException e) {
            // A log that cannot be read, or is no text, has no last words.
            return "";
        }
    }
}
