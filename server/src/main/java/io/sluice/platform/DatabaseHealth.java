package io.sluice.platform;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Readiness, for `/actuator/health`.
@Component("sluice")
class DatabaseHealth implements HealthIndicator {
  private final Readiness readiness;

  DatabaseHealth(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public Health health() {
    var answer = readiness.look();
    var health = answer.ready() ? Health.up() : Health.down();
    return health
        .withDetail("database", answer.database())
        .withDetail("runningJobs", answer.runningJobs())
        .build();
  }
}
