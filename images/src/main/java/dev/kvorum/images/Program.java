package dev.kvorum.images;

import java.util.List;
import java.util.stream.Stream;

/** What the images run, and how their JVMs are set: sizes are shares of the container's memory. */
enum Program {
    KV_NODE(
            "kv-node",
            "A node of Kvorum, the sharded and replicated key-value store",
            "kv-node/server/target",
            "kvorum-server-[0-9][0-9.]*[.]jar"),
    OPERATOR("operator", "The operator of Kvorum: runs KVClusters", "operator/target/quarkus-app", "quarkus-run[.]jar");

    /** Of the JVM that makes the class archive, too: one that is set otherwise cannot use it, or only a part. */
    private static final List<String> SHAPE = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final List<String> ALWAYS = List.of(
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+ErrorFileToStderr",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8");

    private final String programName;
    private final String description;
    private final String builtIn;
    private final String jarPattern;

    Program(String programName, String description, String builtIn, String jarPattern) {
        this.programName = programName;
        this.description = description;
        this.builtIn = builtIn;
        this.jarPattern = jarPattern;
    }

    String programName() {
        return programName;
    }

    String repository() {
        return "kvorum/" + programName;
    }

    String description() {
        return description;
    }

    /** The directory in a checkout where the build leaves the jar, and below it the jars that it needs. */
    String builtIn() {
        return builtIn;
    }

    String jarPattern() {
        return jarPattern;
    }

    /** What it reads at its start beside its jars, by paths relative to its own. */
    List<String> readsBesideJars() {
        return switch (this) {
            case KV_NODE -> List.of();
            case OPERATOR -> List.of("quarkus/quarkus-application.dat");
        };
    }

    /** Where it stands in the image. */
    String home() {
        return "/opt/" + programName;
    }

    /** What the JVM that makes the class archive and the one that reads it must have in common. */
    static List<String> shape() {
        return SHAPE;
    }

    /** All that the JVM is told, except where things are. */
    List<String> settings() {
        return Stream.of(SHAPE, ALWAYS, memory()).flatMap(List::stream).toList();
    }

    /**
     * A node's heap takes a quarter from the first moment on, because one that grows, or a first look at the metaspace,
     * stops it for half a second; as much is allowed outside the heap, which is where its objects are kept. The
     * operator lives in its heap, and runs too little code for the second compiler to pay.
     */
    private List<String> memory() {
        return switch (this) {
            case KV_NODE -> List.of("-XX:InitialRAMPercentage=25", "-XX:MaxRAMPercentage=25", "-XX:MetaspaceSize=96m");
            case OPERATOR -> List.of("-XX:MaxRAMPercentage=50", "-XX:TieredStopAtLevel=1");
        };
    }

    /** TCP and UDP ports, as image configurations write them; for people, nothing opens them. */
    List<String> ports() {
        return switch (this) {
            case KV_NODE -> List.of("8080/tcp", "6379/tcp", "7600/tcp", "7601/tcp", "7601/udp", "9600/tcp");
            case OPERATOR -> List.of("8090/tcp");
        };
    }

    /** Directories that its user may write to where nothing is mounted. */
    List<String> writable() {
        return switch (this) {
            case KV_NODE -> List.of("/tmp", "/var/lib/kvorum");
            case OPERATOR -> List.of("/tmp");
        };
    }
}
