package dev.kvorum.operator.reconcile;

import dev.kvorum.operator.act.Actor;
import dev.kvorum.operator.act.Announcer;
import dev.kvorum.operator.config.OperatorSettings;
import dev.kvorum.operator.desired.Blueprint;
import dev.kvorum.operator.observe.Observer;
import dev.kvorum.operator.plan.Planner;
import dev.kvorum.operator.plan.Site;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurationServiceCustomizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Puts the pass together from its parts. */
@Singleton
public class Wiring {

    @Produces
    @Singleton
    ClusterLoop loop(Observer observer, Actor actor, Announcer announcer, OperatorSettings settings) {
        var site = new Site(settings.nodeImage(), new Blueprint.Site(settings.namespace(), settings.adminPort()));
        return new ClusterLoop(observer, new Planner(site), actor, announcer, InstantSource.system());
    }

    /**
     * What is decided at start and not at build. An informer that may not list or watch keeps trying: the operator is
     * up and not ready, says what it lacks, and goes on once it is granted.
     */
    @Produces
    @Singleton
    ConfigurationServiceCustomizer customizer() {
        return () -> Wiring::configure;
    }

    /** The operator's own configuration of the SDK. */
    public static void configure(ConfigurationServiceOverrider overrider) {
        overrider.withStopOnInformerErrorDuringStartup(false);
    }
}
