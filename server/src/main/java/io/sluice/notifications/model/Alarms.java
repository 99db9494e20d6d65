package io.sluice.notifications.model;

import io.sluice.notifications.Occasion;
import io.sluice.review.Statistics.Depth;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// When the human queue is too deep or too old, and how it is said.
public final class Alarms {
  /// Below this part of its threshold an alarm is over, so that a queue that swings about it tells
  /// nothing new.
  private static final double OVER = 0.8;

  private Alarms() {}

  /// What is looked at.
  ///
  /// @param pending how many wait
  /// @param age for how long the oldest has
  public record Queue(long pending, Duration age) {
    /// Of some languages.
    ///
    /// @param depths by language, and one without for all
    public static Queue of(List<Depth> depths, List<String> languages, Instant now) {
      var mine =
          depths.stream()
              .filter(d ->
                  languages.isEmpty()
                      ? d.language() == null
                      : d.language() != null && Listener.speaks(languages, d.language()))
              .toList();
      var age =
          mine.stream()
              .map(Depth::oldest)
              .filter(Objects::nonNull)
              .min(Instant::compareTo)
              .map(oldest -> Duration.between(oldest, now))
              .orElse(Duration.ZERO);
      return new Queue(mine.stream().mapToLong(Depth::pending).sum(), age);
    }
  }

  /// A threshold and what it is held against.
  public record Watched(Occasion occasion, Queue queue, double value, double threshold) {
    /// Of the depth.
    public static Watched depth(Queue queue, int most) {
      return new Watched(Occasion.QUEUE_DEPTH, queue, queue.pending(), most);
    }

    /// Of the age.
    public static Watched age(Queue queue, Duration most) {
      return new Watched(
          Occasion.QUEUE_AGE, queue, queue.age().toMillis() / 1000.0, most.toMillis() / 1000.0);
    }

    /// Whether it is crossed.
    public boolean crossed() {
      return value >= threshold;
    }

    /// Whether an alarm is over.
    public boolean over() {
      return value < threshold * OVER;
    }
  }

  /// How it is said that a threshold is crossed, or well kept again.
  ///
  /// @param languages that are looked at; empty: all
  /// @param link to the queue; null: none
  public static Message words(
      Watched watched, boolean over, List<String> languages, @Nullable String link) {
    boolean depth = watched.occasion() == Occasion.QUEUE_DEPTH;
    var value = depth ? String.valueOf(watched.queue().pending()) : time(watched.value());
    var threshold = depth ? String.valueOf((long) watched.threshold()) : time(watched.threshold());
    String title;
    if (over) {
      title = depth ? "Review queue: down to " + value + " again" : "Review queue: caught up";
    } else {
      title =
          depth
              ? "Review queue: " + value + " wait for a person"
              : "Review queue: somebody has waited for " + value;
    }
    var where = languages.isEmpty() ? "all languages" : String.join(", ", languages);
    return new Message(
        title,
        List.of(
            "In "
                + where
                + ": "
                + watched.queue().pending()
                + " pending, the oldest for "
                + time(watched.queue().age().toSeconds())
                + ". The threshold is "
                + threshold
                + "."),
        List.of(),
        link,
        data(watched, over, languages, link));
  }

  private static Map<String, @Nullable Object> data(
      Watched watched, boolean over, List<String> languages, @Nullable String link) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    data.put("over", over);
    data.put("languages", languages);
    data.put("pending", watched.queue().pending());
    data.put("oldestSeconds", watched.queue().age().toSeconds());
    data.put("threshold", watched.threshold());
    data.put("link", link);
    return data;
  }

  private static String time(double seconds) {
    var time = Duration.ofSeconds(Math.round(seconds));
    if (time.toDays() > 1) {
      return time.toDays() + " days";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toSeconds() + " s";
  }
}
