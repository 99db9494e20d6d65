package io.sluice.workflow;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is to be executed, and how.
///
/// @param workflow which workflow, which version of it
/// @param input plain JSON: maps, lists, texts, numbers; must satisfy the definition's schema
/// @param key makes the start idempotent among the executions of the workflow; null: every call
///   starts one
/// @param options what else is wished
/// @param origin what starts it
public record ExecutionRequest(
    Reference workflow,
    @Nullable Object input,
    @Nullable String key,
    Options options,
    ExecutionView.Origin origin) {

  /// What else may be said.
  ///
  /// @param priority lower is more urgent, −100 to 100; null: 0
  /// @param runAt not before this time; null: at once
  /// @param labels to find it by
  public record Options(
      @Nullable Integer priority, @Nullable Instant runAt, Map<String, String> labels) {
    /// At once, with no labels.
    public static final Options NONE = new Options(null, null, Map.of());

    /// Copies the labels.
    public Options {
      labels = Map.copyOf(labels);
    }
  }

  /// A start by a person or a program.
  public static ExecutionRequest manual(Reference workflow, @Nullable Object input, String who) {
    return new ExecutionRequest(
        workflow,
        input,
        null,
        Options.NONE,
        new ExecutionView.Origin("manual", null, who, null, null, null));
  }

  /// Idempotent by this key.
  public ExecutionRequest withKey(@Nullable String value) {
    return new ExecutionRequest(workflow, input, value, options, origin);
  }

  /// With these options.
  public ExecutionRequest withOptions(Options value) {
    return new ExecutionRequest(workflow, input, key, value, origin);
  }

  /// Started by this.
  public ExecutionRequest withOrigin(ExecutionView.Origin value) {
    return new ExecutionRequest(workflow, input, key, options, value);
  }
}
