package io.sluice.notifications.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.notifications.model.Alarms.Queue;
import io.sluice.notifications.model.Alarms.Watched;
import io.sluice.review.Statistics.Depth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final List<Depth> DEPTHS =
      List.of(
          new Depth(null, 7, 1, NOW.minusSeconds(90)),
          new Depth("es-MX", 4, 0, NOW.minusSeconds(90)),
          new Depth("es-ES", 2, 1, NOW.minusSeconds(30)),
          new Depth("fr-FR", 1, 0, NOW.minusSeconds(60)));

  @Test
  void aQueueIsThatOfTheLanguagesThatAreAskedFor() {
    assertThat(Queue.of(DEPTHS, List.of(), NOW)).isEqualTo(new Queue(7, Duration.ofSeconds(90)));
    assertThat(Queue.of(DEPTHS, List.of("ES"), NOW))
        .isEqualTo(new Queue(6, Duration.ofSeconds(90)));
    assertThat(Queue.of(DEPTHS, List.of("es-ES", "fr"), NOW))
        .isEqualTo(new Queue(3, Duration.ofSeconds(60)));
    assertThat(Queue.of(DEPTHS, List.of("e"), NOW)).isEqualTo(new Queue(0, Duration.ZERO));
  }

  @Test
  void aThresholdIsCrossedWhereItIsReachedAndOverWellBelow() {
    assertThat(depth(10, 10).crossed()).isTrue();
    assertThat(depth(9, 10).crossed()).isFalse();
    assertThat(depth(9, 10).over()).as("a swing tells nothing").isFalse();
    assertThat(depth(8, 10).over()).isFalse();
    assertThat(depth(7, 10).over()).isTrue();
    assertThat(depth(0, 1).over()).isTrue();
    assertThat(depth(1, 1).crossed()).isTrue();
  }

  private static Watched depth(long pending, int most) {
    return Watched.depth(new Queue(pending, Duration.ZERO), most);
  }
}
