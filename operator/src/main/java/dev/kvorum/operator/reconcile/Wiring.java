package dev.kvorum.operator.reconcile;

import dev.kvorum.operator.act.Actor;
import dev.kvorum.operator.act.Announcer;
import dev.kvorum.operator.config.OperatorSettings;
import dev.kvorum.operator.desired.Blueprint;
import dev.kvorum.operator.observe.Observer;
import dev.kvorum.operator.plan.Planner;
import dev.kvorum.operator.plan.Site;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurationServiceCustomizer;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Puts the pass together from its parts. */
@Singleton
public class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);
    private static final int FAILED = 1;

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

    /** The extension knows it as a bean only; without one an informer stops unheard. */
    @Produces
    @Singleton
    @Unremovable
    InformerStoppedHandler informerStoppedHandler() {
        return Wiring::onInformerStopped;
    }

    /** One that cannot read what it hears never begins again, and the operator would be deaf from then on. */
    private static void onInformerStopped(SharedIndexInformer<?> informer, @Nullable Throwable cause) {
        if (cause != null) {
            LOG.errorf("the operator ends, to be started anew: it hears no more of %s: %s", informer, cause);
            Quarkus.asyncExit(FAILED);
        }
    }
}
