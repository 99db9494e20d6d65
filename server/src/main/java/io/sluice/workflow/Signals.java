package io.sluice.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names under which signals reach an execution's job.
public final class Signals {
  private Signals() {}

  /// What a signal carries: whoever sends one to an execution wraps the payload in this, so that
  /// one without a payload is told from none.
  ///
  /// @param value plain JSON
  /// @param verdict of the review queue, from which it comes: `{verdict, note, reviewerId,
  ///   reviewId}`; null: it does not
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Payload(
      @JsonInclude(value = Include.ALWAYS, content = Include.ALWAYS) @Nullable Object value,
      @JsonInclude(Include.NON_NULL) @Nullable Map<String, @Nullable Object> verdict) {
    /// Not from the review queue.
    public Payload(@Nullable Object value) {
      this(value, null);
    }
  }

  /// A signal that a WAIT names.
  public static String named(String name) {
    return "signal:" + name;
  }

  /// The answer to a HUMAN_TASK.
  ///
  /// @param path of the step: its id, or `each#items/3/id` inside of a FOR_EACH
  public static String task(String path) {
    return "task:" + path;
  }

  /// A person's verdict on what a VALIDATION found: `{"verdict": "approved" | "rejected", …}`, or
  /// one of the review queue.
  public static String review(String path) {
    return "review:" + path;
  }

  /// The event that a WAIT is for.
  public static String event(String path) {
    return "event:" + path;
  }
}
