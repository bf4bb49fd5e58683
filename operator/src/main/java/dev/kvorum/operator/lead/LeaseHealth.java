package dev.kvorum.operator.lead;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while it can neither lead nor know who does. */
@Readiness
@ApplicationScoped
public class LeaseHealth implements HealthCheck {

    private final Leadership leadership;

    @Inject
    public LeaseHealth(Leadership leadership) {
        this.leadership = leadership;
    }

    @Override
    public HealthCheckResponse call() {
        var check = HealthCheckResponse.named("Lease");
        return leadership
                .trouble()
                .map(why -> check.down().withData("reason", why))
                .orElseGet(() -> check.up().withData("leads", leadership.leads()))
                .build();
    }
}
