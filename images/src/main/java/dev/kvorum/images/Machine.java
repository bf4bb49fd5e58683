package dev.kvorum.images;

import java.util.Arrays;
import java.util.regex.Pattern;

/** The processors that images are made for: the one that builds them. */
enum Machine {
    AMD64("amd64", "x86_64-linux-gnu", "/lib64/ld-linux-x86-64.so.2", "(linux64|x86_64)"),
    ARM64("aarch64", "aarch64-linux-gnu", "/lib/ld-linux-aarch64.so.1", "(aarch64|aarch_64)");

    private final String javaName;
    private final String triplet;
    private final String loader;
    private final Pattern nativeLibrary;

    Machine(String javaName, String triplet, String loader, String inJars) {
        this.javaName = javaName;
        this.triplet = triplet;
        this.loader = loader;
        this.nativeLibrary = Pattern.compile(".*" + inJars + "(?!-musl).*[.]so");
    }

    static Machine present() throws BuildFailedException {
        String name = System.getProperty("os.arch");
        return Arrays.stream(values())
                .filter(machine -> machine.javaName.equals(name))
                .findFirst()
                .orElseThrow(() -> new BuildFailedException("images are made on amd64 and arm64, and this is " + name));
    }

    /** As image configurations call it. */
    String ociName() {
        return this == AMD64 ? "amd64" : "arm64";
    }

    /** Where Debian keeps this machine's libraries, below {@code /lib} and {@code /usr/lib}. */
    String triplet() {
        return triplet;
    }

    /** Where every dynamic program looks for its loader. */
    String loader() {
        return loader;
    }

    /** Whether a library that a jar carries is the one for this machine. */
    boolean runs(String entryOfJar) {
        return nativeLibrary.matcher(entryOfJar).matches();
    }
}
