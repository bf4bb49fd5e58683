package dev.kvorum.local.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.kubelet.Children.Child;
import dev.kvorum.local.kubelet.Layout;
import dev.kvorum.local.objects.Conditions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What runs: the stand-in, the operator, and every pod, running or not. */
final class Status {

    static final String STAND_IN = "stand-in";

    private final Home home;
    private final ApiClient api;

    Status(Home home) {
        this.home = home;
        this.api = new ApiClient(home);
    }

    /** One line of the table; the pid is 0 for a pod without a process. */
    record Line(String name, long pid, String address, boolean ready, int restarts) {}

    int print(Command.Output output) throws IOException, InterruptedException {
        List<Line> lines = lines();
        boolean ready = !lines.isEmpty() && lines.stream().allMatch(Line::ready);
        switch (output) {
            case TABLE -> printTable(lines);
            case JSON -> System.out.println(Json.pretty(json(lines, ready)));
        }
        return ready ? 0 : 1;
    }

    List<Line> lines() throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>();
        boolean answers = api.answers();
        List<JsonNode> pods = answers ? api.list("/api/v1/pods") : List.of();
        List<Child> children = home.children().running();
        for (Child child : children) {
            boolean isPod = pods.stream().anyMatch(pod -> Layout.fullName(pod).equals(child.name()));
            if (!isPod) {
                boolean ready = child.name().equals(STAND_IN) ? answers : api.isReady(child.address());
                lines.add(new Line(child.name(), child.process().pid(), addressOf(child), ready, 0));
            }
        }
        pods.forEach(pod -> lines.add(lineOf(pod, children)));
        lines.sort(Comparator.comparing((Line line) -> !line.name().equals(STAND_IN))
                .thenComparing(line -> !line.name().equals(OperatorProcess.NAME))
                .thenComparing(Line::name));
        return lines;
    }

    private static Line lineOf(JsonNode pod, List<Child> children) {
        String name = Layout.fullName(pod);
        long pid = children.stream()
                .filter(child -> child.name().equals(name))
                .mapToLong(child -> child.process().pid())
                .findFirst()
                .orElse(0);
        int restarts = pod.at("/status/containerStatuses/0/restartCount").asInt();
        boolean ready = Conditions.isTrue(pod, "Ready") && pid != 0;
        return new Line(name, pid, Json.text(pod, "status", "podIP"), ready, restarts);
    }

    private String addressOf(Child child) throws IOException {
        return child.name().equals(STAND_IN) ? "127.0.0.1:" + home.port() : child.address();
    }

    private void printTable(List<Line> lines) {
        if (lines.isEmpty()) {
            System.out.println("The local cluster is down: ./kvorum up starts it.");
            return;
        }
        int width = Math.max(
                4, lines.stream().mapToInt(line -> line.name().length()).max().orElse(4));
        String format = "%-" + width + "s  %8s  %-17s  %-5s  %s%n";
        System.out.printf(format, "NAME", "PID", "ADDRESS", "READY", "RESTARTS");
        for (Line line : lines) {
            String pid = line.pid() == 0 ? "-" : Long.toString(line.pid());
            System.out.printf(format, line.name(), pid, line.address(), line.ready() ? "yes" : "no", line.restarts());
        }
    }

    private ObjectNode json(List<Line> lines, boolean ready) {
        ObjectNode json = Json.object()
                .put("ready", ready)
                .put("kubeconfig", home.kubeconfig().toString());
        ArrayNode processes = json.putArray("processes");
        for (Line line : lines) {
            ObjectNode process = processes.addObject().put("name", line.name());
            if (line.pid() != 0) {
                process.put("pid", line.pid());
            } else {
                process.putNull("pid");
            }
            process.put("address", line.address()).put("ready", line.ready()).put("restarts", line.restarts());
        }
        return json;
    }
}
