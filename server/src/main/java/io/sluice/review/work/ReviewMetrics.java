package io.sluice.review.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.sluice.platform.CountedAtScrape;
import io.sluice.review.store.StatisticsStore;
import io.sluice.review.store.StatisticsStore.Waiting;
import java.util.ArrayList;
import org.springframework.stereotype.Component;

/// Depth and age of the human queue, by language.
@Component
class ReviewMetrics implements CountedAtScrape {
  private final StatisticsStore store;
  private final MultiGauge depth;
  private final MultiGauge age;

  ReviewMetrics(StatisticsStore store, MeterRegistry registry) {
    this.store = store;
    this.depth =
        MultiGauge.builder("sluice.review.queue")
            .description("What waits for a person")
            .register(registry);
    this.age =
        MultiGauge.builder("sluice.review.queue.age")
            .description("For how long the oldest pending item has waited")
            .baseUnit("seconds")
            .register(registry);
  }

  @Override
  public void count() {
    var depths = new ArrayList<MultiGauge.Row<?>>();
    var ages = new ArrayList<MultiGauge.Row<?>>();
    for (var waiting : store.waiting()) {
      depths.add(row(waiting, "pending", waiting.pending()));
      depths.add(row(waiting, "claimed", waiting.claimed()));
      ages.add(
          MultiGauge.Row.of(Tags.of("language", waiting.language()), waiting.oldestAgeSeconds()));
    }
    depth.register(depths, true);
    age.register(ages, true);
  }

  private static MultiGauge.Row<?> row(Waiting waiting, String status, long count) {
    return MultiGauge.Row.of(Tags.of("language", waiting.language(), "status", status), count);
  }
}
