package dev.kvorum.images;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What an image is made from, in one number: the program's jars, the code that makes the image, and the JDK. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(Program program, ProgramFiles files) throws IOException {
        MessageDigest digest = sha256();
        digest.update(program.name().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(JavaRuntime.jdk().resolve("release")));
        for (Path file : files.all()) {
            digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        Path self = self();
        if (Files.isRegularFile(self)) {
            digest.update(Files.readAllBytes(self));
        }
        return HexFormat.of().formatHex(digest.digest()) + "\n";
    }

    private static Path self() {
        try {
            return Path.of(Fingerprint.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this program has no place", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
