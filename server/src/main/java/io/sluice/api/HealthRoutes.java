package io.sluice.api;

import io.sluice.platform.Readiness;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether the process lives, and whether it can do its work.
@RestController
class HealthRoutes {
  private final Readiness readiness;

  HealthRoutes(Readiness readiness) {
    this.readiness = readiness;
  }

  @GetMapping("/health")
  Map<String, String> health() {
    return Map.of("status", "up");
  }

  @GetMapping("/ready")
  ResponseEntity<Readiness.Answer> ready() {
    var answer = readiness.look();
    return ResponseEntity.status(answer.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(answer);
  }
}
