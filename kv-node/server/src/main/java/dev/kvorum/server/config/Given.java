package dev.kvorum.server.config;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What the operator has written, each value with the place it comes from; the later source wins. */
final class Given {

    private static final String PREFIX = "KVORUM_";
    private static final Pattern SERVICE_LINK =
            Pattern.compile("KVORUM_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_\\w+)");
    private static final Pattern SERVICE_LINK_URL = Pattern.compile("KVORUM_(\\w+_)?PORT");

    private final SettingTable table;
    private final Map<String, Written> byKey = new LinkedHashMap<>();

    private record Written(String text, String place) {}

    Given(SettingTable table) {
        this.table = table;
    }

    void addFile(Path file) {
        for (Map.Entry<?, ?> line : parsed(file).entrySet()) {
            String key = String.valueOf(line.getKey());
            requireKnown(table.entry(key) != null, key, file.toString());
            byKey.put(key, new Written(scalar(key, line.getValue(), file), file.toString()));
        }
    }

    void addEnvironment(Map<String, String> environment) {
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            if (!name.startsWith(PREFIX) || name.equals("KVORUM_CONFIG")) {
                continue;
            }
            SettingTable.Entry entry = table.entryOfVariable(name);
            if (entry != null) {
                byKey.put(entry.key(), new Written(variable.getValue(), "the variable " + name));
            } else if (!isServiceLink(name, variable.getValue())) {
                requireKnown(false, name.substring(PREFIX.length()).replace("_", ""), "the variable " + name);
            }
        }
    }

    /** Fills in what follows from the host's name, unless it was given. */
    void addHostName(Map<String, String> environment) {
        String bindHost = text("bindHost");
        boolean everywhere = bindHost.equals("0.0.0.0") || bindHost.equals("::");
        String hostName = environment.getOrDefault("HOSTNAME", "");
        if (hostName.isBlank()) {
            hostName = kernelHostName();
        }
        byKey.putIfAbsent("name", new Written(hostName, "the host's name"));
        byKey.putIfAbsent("advertiseHost", new Written(everywhere ? hostName : bindHost, "the host's name"));
    }

    <T extends Record> T build(Class<T> component) {
        List<SettingTable.Entry> entries = table.entriesOf(component);
        Class<?>[] types =
                entries.stream().map(entry -> entry.field().getType()).toArray(Class<?>[]::new);
        @Nullable Object[] values = new @Nullable Object[types.length];
        Arrays.setAll(values, i -> value(entries.get(i)));
        try {
            return component.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidConfiguration invalid) {
                throw invalid;
            }
            throw new IllegalStateException(component + " cannot be built", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be built", e);
        }
    }

    private @Nullable Object value(SettingTable.Entry entry) {
        Written written = byKey.get(entry.key());
        String text = written == null ? entry.setting().byDefault() : written.text();
        if (written == null && text.isEmpty()) {
            return null;
        }
        String place = written == null ? "the defaults" : written.place();
        if (entry.isNumber()) {
            long number = number(entry, text, place);
            return entry.field().getType() == int.class ? (Object) (int) number : (Object) number;
        }
        if (text.isBlank()) {
            throw new InvalidConfiguration(entry.key() + " is empty in " + place + "; give it a value or leave it out");
        }
        return entry.field().getType() == Path.class ? Path.of(text) : text;
    }

    private static long number(SettingTable.Entry entry, String text, String place) {
        Setting setting = entry.setting();
        try {
            long number = Long.parseLong(text.strip());
            if (number >= setting.least() && number <= setting.most()) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // The sentence below says what is wanted, for this case as for a number out of range.
        }
        String unit = setting.unit().isEmpty() ? "" : " (" + setting.unit() + ")";
        throw new InvalidConfiguration(entry.key() + " is \"" + text + "\" in " + place + "; use a whole number from "
                + setting.least() + " to " + setting.most() + unit);
    }

    private String text(String key) {
        Written written = byKey.get(key);
        SettingTable.Entry entry = table.entry(key);
        return written != null
                ? written.text()
                : entry == null ? "" : entry.setting().byDefault();
    }

    private static Map<?, ?> parsed(Path file) {
        try {
            Object document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            if (document == null) {
                return Map.of();
            }
            if (document instanceof Map<?, ?> map) {
                return map;
            }
            throw new InvalidConfiguration(file + " holds no settings; write lines of the form \"key: value\"");
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> " line " + (mark.getLine() + 1))
                    .orElse("");
            throw new InvalidConfiguration(file + line + " is no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new InvalidConfiguration(file + " is no YAML: " + firstLine(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new InvalidConfiguration(
                    file + " cannot be read (" + e + "); name the file with --config or KVORUM_CONFIG");
        }
    }

    private static String scalar(String key, @Nullable Object value, Path file) {
        return switch (value) {
            case null -> "";
            case String text -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case Boolean bool -> bool.toString();
            case Double number -> number.toString();
            case Object other ->
                throw new InvalidConfiguration(
                        key + " is \"" + other + "\" in " + file + "; use a plain value, not a list or a map");
        };
    }

    private void requireKnown(boolean known, String key, String place) {
        if (!known) {
            String nearest = table.nearest(key);
            String hint = nearest == null
                    ? "; docs/reference/configuration.md lists all of them"
                    : "; did you mean " + nearest + " (" + SettingTable.variableOf(nearest) + ")?";
            throw new InvalidConfiguration(key + " in " + place + " is no setting of a node" + hint);
        }
    }

    /** Kubernetes gives every pod the addresses of the Services of its namespace, one of which may be named kvorum. */
    private static boolean isServiceLink(String name, String value) {
        boolean url = value.startsWith("tcp://") || value.startsWith("udp://");
        return SERVICE_LINK.matcher(name).matches()
                || (url && SERVICE_LINK_URL.matcher(name).matches());
    }

    private static String kernelHostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
