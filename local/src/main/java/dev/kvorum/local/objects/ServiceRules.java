package dev.kvorum.local.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kvorum.local.json.Json;
import dev.kvorum.local.schema.FieldError;
import dev.kvorum.local.schema.FieldError.Reason;
import dev.kvorum.local.store.ObjectStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Services: each that is not headless gets a loopback address of its own; nothing forwards from there. */
final class ServiceRules implements KindRules {

    private static final String NETWORK = "127.0.2.";

    private final ObjectStore store;

    ServiceRules(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void prepare(ObjectNode service, @Nullable ObjectNode before) {
        ObjectNode spec = Json.child(service, "spec");
        for (JsonNode node : spec.path("ports")) {
            if (node instanceof ObjectNode port && !port.has("targetPort")) {
                port.set("targetPort", port.path("port"));
            }
        }
        if (Json.text(spec, "type").equals("ExternalName")) {
            return;
        }
        if (!spec.has("clusterIP")) {
            String address = before == null ? "" : Json.text(before, "spec", "clusterIP");
            spec.put("clusterIP", address.isEmpty() ? freeAddress() : address);
        }
        spec.putArray("clusterIPs").add(spec.path("clusterIP"));
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        if (before == null) {
            service.putObject("status").putObject("loadBalancer");
        }
    }

    @Override
    public List<FieldError> check(ObjectNode service, @Nullable ObjectNode before) {
        List<FieldError> errors = new ArrayList<>(namesTwice(service.at("/spec/ports")));
        JsonNode address = service.path("spec").path("clusterIP");
        if (before != null && !before.path("spec").path("clusterIP").equals(address)) {
            errors.add(FieldError.invalid("spec.clusterIPs[0]", address, "may not change once set"));
        }
        return errors;
    }

    private static List<FieldError> namesTwice(JsonNode ports) {
        List<FieldError> errors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String name = Json.text(ports.get(i), "name");
            if (!name.isEmpty() && !names.add(name)) {
                errors.add(new FieldError("spec.ports[" + i + "].name", Reason.DUPLICATE, "\"" + name + "\""));
            }
        }
        return errors;
    }

    private String freeAddress() {
        Set<String> taken = store.list("services", "").stream()
                .map(service -> Json.text(service, "spec", "clusterIP"))
                .collect(Collectors.toSet());
        for (int i = 1; i < 255; i++) {
            if (!taken.contains(NETWORK + i)) {
                return NETWORK + i;
            }
        }
        throw ApiProblem.of(500, "InternalError", "all 254 service addresses are taken: delete a Service");
    }
}
