package io.sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.measure.Measurement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static Measurement measured(String workload, String subject, double value) {
    return new Measurement(workload, subject, value, "jobs/s", value, value * 2, 3, 1.5, false);
  }

  private static Results results() {
    var results = new Results();
    results.addAll(
        List.of(
            measured("drain", "floor", 50_000),
            measured("drain", "engine", 30_000),
            measured("idle", "floor", 0),
            measured("idle", "engine", 8)));
    return results;
  }

  @Test
  void ratioRefersToTheFloorOfTheSameWorkload() {
    var lines = JsonLines.of(results()).lines().toList();
    assertThat(lines.get(1))
        .startsWith(
            "{\"workload\":\"drain\",\"subject\":\"engine\",\"value\":30000.0,\"unit\":\"jobs/s\",\"ratio_to_floor\":0.6,");
  }

  @Test
  void thereIsNoRatioToNothing() {
    assertThat(JsonLines.of(results()).lines().toList().get(3)).contains("\"ratio_to_floor\":null");
  }

  @Test
  void tableNamesAWorkloadOnce() {
    assertThat(Table.of(results()))
        .isEqualTo(
            """
            | workload | subject |  value | unit   |        min – max | ratio to floor |
            |----------|---------|-------:|--------|-----------------:|---------------:|
            | drain    | floor   | 50,000 | jobs/s | 50,000 – 100,000 |             1× |
            |          | engine  | 30,000 | jobs/s |  30,000 – 60,000 |          0.60× |
            | idle     | floor   |      0 | jobs/s |            0 – 0 |                |
            |          | engine  |      8 | jobs/s |           8 – 16 |                |
            """);
  }
}
