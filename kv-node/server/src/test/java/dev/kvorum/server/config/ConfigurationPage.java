package dev.kvorum.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes docs/reference/configuration.md from the configuration records and their Javadoc. */
final class ConfigurationPage {

    private static final Path SOURCES = Path.of("src/main/java/dev/kvorum/server/config");
    private static final Pattern CLASS_COMMENT = Pattern.compile("(?s)/\\*\\*(.*?)\\*/\\s*public record");

    private static final String HEAD = """
            # Configuration of a node

            Generated from the configuration records; a test fails when this page differs from them.

            A node reads `kv-node.yaml`, flat lines of `key: value`, from `--config` or the variable
            `KVORUM_CONFIG`. The variable beside each key overrides the file. A key that is unknown or out of
            range stops the start with one sentence and exit code 2.
            """;

    private ConfigurationPage() {}

    static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        SettingTable table = SettingTable.of(ServerConfig.COMPONENTS);
        for (Class<? extends Record> component : ServerConfig.COMPONENTS) {
            String comment = comment(component);
            page.append("\n## ").append(title(component)).append("\n\n");
            page.append(summary(comment)).append('\n');
            for (SettingTable.Entry entry : table.entriesOf(component)) {
                page.append("\n### ").append(entry.key()).append("\n\n");
                page.append("`").append(entry.variable()).append("` · ").append(facts(entry));
                page.append("\n\n").append(said(comment, entry.key())).append('\n');
            }
        }
        return page.toString();
    }

    private static String facts(SettingTable.Entry entry) {
        Setting setting = entry.setting();
        String otherwise = setting.otherwise().isEmpty() ? "`" + setting.byDefault() + "`" : setting.otherwise();
        if (!entry.isNumber()) {
            return "default: " + otherwise;
        }
        String unit = setting.unit().isEmpty() ? "" : " " + setting.unit();
        return "default: " + otherwise + unit + " · " + setting.least() + " to " + setting.most() + unit;
    }

    private static String title(Class<?> component) {
        return component.getSimpleName().replace("Config", "");
    }

    private static String comment(Class<?> component) {
        try {
            String source = Files.readString(SOURCES.resolve(component.getSimpleName() + ".java"));
            Matcher comment = CLASS_COMMENT.matcher(source);
            if (!comment.find()) {
                throw new IllegalStateException(component + " has no comment");
            }
            return comment.group(1).replaceAll("(?m)^ *\\* ?", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String summary(String comment) {
        return prose(comment.substring(0, comment.indexOf("@param")));
    }

    private static String said(String comment, String key) {
        Matcher parameter =
                Pattern.compile("(?s)@param " + key + "\\s(.*?)(?=@param|\\z)").matcher(comment);
        if (!parameter.find()) {
            throw new IllegalStateException(key + " has no @param");
        }
        String said = prose(parameter.group(1));
        return Character.toUpperCase(said.charAt(0)) + said.substring(1);
    }

    private static String prose(String javadoc) {
        return javadoc.strip().replaceAll("\\s+", " ").replaceAll("\\{@code ([^}]*)}", "`$1`");
    }
}
