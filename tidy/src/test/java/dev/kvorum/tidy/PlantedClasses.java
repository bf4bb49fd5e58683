package dev.kvorum.tidy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Classes that break a layer on purpose, compiled into a directory of their own. */
record PlantedClasses(Path directory) {

    /** Adds an empty class to a package. */
    PlantedClasses with(String type) throws IOException {
        return with(type, "");
    }

    /** Adds a class with this body, such as a field whose type is in a forbidden package. */
    PlantedClasses with(String type, String body) throws IOException {
        int dot = type.lastIndexOf('.');
        Path file = directory.resolve(type.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "package %s;\npublic class %s { %s }\n"
                        .formatted(type.substring(0, dot), type.substring(dot + 1), body));
        return this;
    }

    JavaClasses compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", directory.toString()));
        try (var files = Files.walk(directory)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException("the planted classes do not compile");
        }
        return new ClassFileImporter().importPath(directory);
    }
}
