package dev.kvorum.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.Slice;
import java.util.List;
import java.util.Set;

/** Who may use whom, between modules and inside the core: the picture of docs/internals/architecture.md as rules. */
final class Layers {

    private static final String CORE = "dev.kvorum.core..";
    private static final String STORAGE = "dev.kvorum.storage..";
    private static final String SERVER = "dev.kvorum.server..";
    private static final String SIM = "dev.kvorum.sim..";
    private static final String OPERATOR = "dev.kvorum.operator..";
    private static final String CRDS = "dev.kvorum.crds..";
    private static final String LOCAL = "dev.kvorum.local..";
    private static final String BENCHMARKS = "dev.kvorum.benchmarks..";
    private static final String E2E = "dev.kvorum.e2e..";
    private static final String[] KUBERNETES = {
        "io.fabric8..", "io.javaoperatorsdk..", "io.quarkus..", CRDS, OPERATOR, LOCAL
    };

    /** The packages of the core that every feature stands on; all others but {@code node} are features. */
    private static final Set<String> FOUNDATION = Set.of("step", "wire", "ring", "version", "request");

    static final ArchRule CORE_KNOWS_ONLY_THE_JDK = classes()
            .that(resideInAPackage(CORE))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CORE, "java..", "org.jspecify.."))
            .because("the protocols run unchanged in the server and in the simulator")
            .allowEmptyShould(true);

    static final ArchRule CORE_TOUCHES_NOTHING = noClasses()
            .that(resideInAPackage(CORE))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.net..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.util.logging..",
                    "java.lang.reflect..",
                    "java.sql.."))
            .because("network, disk and log are effects that a shell carries out")
            .allowEmptyShould(true);

    static final ArchRule FEATURES_DO_NOT_KNOW_EACH_OTHER = slices().matching("dev.kvorum.core.(*)..")
            .that(are(Layers::isFeature, "features"))
            .should()
            .notDependOnEachOther()
            .because("only core.node wires features; what two of them share is a value")
            .allowEmptyShould(true);

    static final ArchRule VALUES_DO_NOT_KNOW_FEATURES = noClasses()
            .that(resideInAnyPackage(foundation()))
            .should()
            .dependOnClassesThat(resideInAPackage(CORE).and(not(resideInAnyPackage(foundation()))))
            .because("ring, version, request and wire are values and pure functions that every feature stands on")
            .allowEmptyShould(true);

    static final ArchRule ONLY_NODE_KNOWS_NODE = noClasses()
            .that(resideInAPackage(CORE).and(not(resideInAPackage("dev.kvorum.core.node.."))))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.kvorum.core.node.."))
            .because("node is the one package that knows all others, so none may know it")
            .allowEmptyShould(true);

    static final ArchRule STEP_STANDS_ALONE = noClasses()
            .that(resideInAPackage("dev.kvorum.core.step.."))
            .should()
            .dependOnClassesThat(resideInAPackage(CORE).and(not(resideInAPackage("dev.kvorum.core.step.."))))
            .because("it is the contract of every machine")
            .allowEmptyShould(true);

    static final ArchRule SIM_STANDS_ON_CORE_ALONE = classes()
            .that(resideInAPackage(SIM))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(SIM, CORE, "java..", "org.jspecify.."))
            .because("it is the second shell around the same machines")
            .allowEmptyShould(true);

    static final ArchRule VERTX_STAYS_IN_ITS_SHELLS = noClasses()
            .that(not(resideInAnyPackage(SERVER, BENCHMARKS, E2E)))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty.."))
            .because("the store's Vert.x 5 and the Vert.x 4 of Quarkus must never share a class path")
            .allowEmptyShould(true);

    static final ArchRule ROCKSDB_STAYS_IN_STORAGE = noClasses()
            .that(not(resideInAPackage(STORAGE)))
            .should()
            .dependOnClassesThat(resideInAPackage("org.rocksdb.."))
            .because("native handles have one owner, which closes them in the right order")
            .allowEmptyShould(true);

    static final ArchRule STORE_KNOWS_NO_KUBERNETES = noClasses()
            .that(resideInAnyPackage(CORE, STORAGE, SERVER, SIM))
            .should()
            .dependOnClassesThat(resideInAnyPackage(KUBERNETES))
            .because("a node runs anywhere; the operator talks to it through the admin door")
            .allowEmptyShould(true);

    static final ArchRule KUBERNETES_SIDE_KNOWS_NO_STORE = noClasses()
            .that(resideInAnyPackage(CRDS, OPERATOR, LOCAL))
            .should()
            .dependOnClassesThat(resideInAnyPackage(CORE, STORAGE, SERVER, SIM))
            .because("they share no class path with a node, only its admin door")
            .allowEmptyShould(true);

    static final ArchRule STORAGE_STANDS_ON_CORE = noClasses()
            .that(resideInAPackage(STORAGE))
            .should()
            .dependOnClassesThat(resideInAnyPackage(SERVER, SIM))
            .because("storage is behind core's port and does not know who opened it")
            .allowEmptyShould(true);

    static final ArchRule NO_PACKAGE_CYCLES = slices().matching("dev.kvorum.(**)")
            .should()
            .beFreeOfCycles()
            .because("a package that cannot be understood alone is not a package")
            .allowEmptyShould(true);

    /** All of them, in reading order. */
    static final List<ArchRule> ALL = List.of(
            CORE_KNOWS_ONLY_THE_JDK,
            CORE_TOUCHES_NOTHING,
            FEATURES_DO_NOT_KNOW_EACH_OTHER,
            VALUES_DO_NOT_KNOW_FEATURES,
            ONLY_NODE_KNOWS_NODE,
            STEP_STANDS_ALONE,
            SIM_STANDS_ON_CORE_ALONE,
            VERTX_STAYS_IN_ITS_SHELLS,
            ROCKSDB_STAYS_IN_STORAGE,
            STORE_KNOWS_NO_KUBERNETES,
            KUBERNETES_SIDE_KNOWS_NO_STORE,
            STORAGE_STANDS_ON_CORE,
            NO_PACKAGE_CYCLES);

    private Layers() {}

    private static boolean isFeature(Slice slice) {
        String name = slice.getNamePart(1);
        return !FOUNDATION.contains(name) && !name.equals("node");
    }

    private static String[] foundation() {
        return FOUNDATION.stream()
                .sorted()
                .map(name -> "dev.kvorum.core." + name + "..")
                .toArray(String[]::new);
    }

    private static DescribedPredicate<Slice> are(java.util.function.Predicate<Slice> test, String name) {
        return DescribedPredicate.describe(name, test);
    }
}
