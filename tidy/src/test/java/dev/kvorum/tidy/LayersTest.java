package dev.kvorum.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The layers of this checkout, and for each rule a planted class that breaks it. */
class LayersTest {

    private static final List<ArchRule> RULES = Layers.ALL;
    private static final JavaClasses CHECKOUT = compiledClassesOf(Tree.root());

    @TempDir
    private Path directory;

    private PlantedClasses planted;

    @BeforeEach
    void plant() {
        planted = new PlantedClasses(directory);
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void theCheckoutKeepsItsLayers(ArchRule rule) {
        rule.check(CHECKOUT);
    }

    @Test
    void allModulesAreLookedAt() {
        assertThat(CHECKOUT).anyMatch(type -> type.getPackageName().startsWith("dev.kvorum.core"));
        assertThat(CHECKOUT).anyMatch(type -> type.getPackageName().equals("dev.kvorum.tidy"));
    }

    @Test
    void coreMayNotUseALibrary() throws IOException {
        planted.with("com.example.Library").with("dev.kvorum.core.ring.Ring", "com.example.Library library;");
        breaks(Layers.CORE_KNOWS_ONLY_THE_JDK);
    }

    @Test
    void coreMayNotOpenSockets() throws IOException {
        planted.with("dev.kvorum.core.membership.Membership", "java.net.DatagramSocket socket;");
        breaks(Layers.CORE_TOUCHES_NOTHING);
    }

    @Test
    void coreMayNotReadFiles() throws IOException {
        planted.with("dev.kvorum.core.ring.Ring", "boolean on() { return java.nio.file.Files.exists(null); }");
        breaks(Layers.CORE_TOUCHES_NOTHING);
    }

    @Test
    void aFeatureMayNotKnowAnother() throws IOException {
        planted.with("dev.kvorum.core.membership.Membership")
                .with("dev.kvorum.core.replication.Coordinator", "dev.kvorum.core.membership.Membership members;");
        breaks(Layers.FEATURES_DO_NOT_KNOW_EACH_OTHER);
    }

    @Test
    void nodeMayKnowAllFeatures() throws IOException {
        planted.with("dev.kvorum.core.membership.Membership")
                .with("dev.kvorum.core.node.Node", "dev.kvorum.core.membership.Membership members;");
        JavaClasses classes = planted.compile();
        RULES.forEach(rule -> rule.check(classes));
    }

    @Test
    void aValueMayNotKnowAFeature() throws IOException {
        planted.with("dev.kvorum.core.membership.Membership")
                .with("dev.kvorum.core.ring.Ring", "dev.kvorum.core.membership.Membership members;");
        breaks(Layers.VALUES_DO_NOT_KNOW_FEATURES);
    }

    @Test
    void aFeatureMayNotKnowNode() throws IOException {
        planted.with("dev.kvorum.core.node.Node")
                .with("dev.kvorum.core.membership.Membership", "dev.kvorum.core.node.Node node;");
        breaks(Layers.ONLY_NODE_KNOWS_NODE);
    }

    @Test
    void stepMayNotKnowAValue() throws IOException {
        planted.with("dev.kvorum.core.ring.Ring")
                .with("dev.kvorum.core.step.Machine", "dev.kvorum.core.ring.Ring ring;");
        breaks(Layers.STEP_STANDS_ALONE);
    }

    @Test
    void simMayNotUseStorage() throws IOException {
        planted.with("dev.kvorum.storage.Store").with("dev.kvorum.sim.World", "dev.kvorum.storage.Store store;");
        breaks(Layers.SIM_STANDS_ON_CORE_ALONE);
    }

    @Test
    void vertxMayNotReachTheOperator() throws IOException {
        planted.with("io.vertx.core.Vertx").with("dev.kvorum.operator.act.Writer", "io.vertx.core.Vertx vertx;");
        breaks(Layers.VERTX_STAYS_IN_ITS_SHELLS);
    }

    @Test
    void rocksDbMayNotReachTheServer() throws IOException {
        planted.with("org.rocksdb.RocksDB").with("dev.kvorum.server.Node", "org.rocksdb.RocksDB database;");
        breaks(Layers.ROCKSDB_STAYS_IN_STORAGE);
    }

    @Test
    void aNodeMayNotKnowKubernetes() throws IOException {
        planted.with("io.fabric8.kubernetes.client.Client")
                .with("dev.kvorum.server.Node", "io.fabric8.kubernetes.client.Client client;");
        breaks(Layers.STORE_KNOWS_NO_KUBERNETES);
    }

    @Test
    void theOperatorMayNotKnowTheCore() throws IOException {
        planted.with("dev.kvorum.core.ring.Ring")
                .with("dev.kvorum.operator.plan.Plan", "dev.kvorum.core.ring.Ring ring;");
        breaks(Layers.KUBERNETES_SIDE_KNOWS_NO_STORE);
    }

    @Test
    void storageMayNotKnowTheServer() throws IOException {
        planted.with("dev.kvorum.server.Node").with("dev.kvorum.storage.Store", "dev.kvorum.server.Node node;");
        breaks(Layers.STORAGE_STANDS_ON_CORE);
    }

    @Test
    void packagesMayNotKnowEachOtherInACircle() throws IOException {
        planted.with("dev.kvorum.server.http.Door", "dev.kvorum.server.peer.Link link;")
                .with("dev.kvorum.server.peer.Link", "dev.kvorum.server.http.Door door;");
        breaks(Layers.NO_PACKAGE_CYCLES);
    }

    private void breaks(ArchRule rule) throws IOException {
        JavaClasses classes = planted.compile();
        assertThatThrownBy(() -> rule.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("because");
    }

    private static JavaClasses compiledClassesOf(Path root) {
        List<Path> directories = modulesOf(root)
                .map(module -> root.resolve(module).resolve("target/classes"))
                .toList();
        assertThat(directories).as("compiled modules; mvn verify compiles them").allMatch(Files::isDirectory);
        return new ClassFileImporter().importPaths(directories);
    }

    /** The modules of the root POM that have main code. */
    private static Stream<String> modulesOf(Path root) {
        String pom = Tree.read(root).file("pom.xml").orElseThrow().text();
        return Pattern.compile("<module>(.*?)</module>")
                .matcher(pom)
                .results()
                .map(module -> module.group(1))
                .filter(module -> Files.isDirectory(root.resolve(module).resolve("src/main/java")));
    }
}
