package io.sluice.workflow;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
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
    Which workflow,
    @Nullable Object input,
    @Nullable String key,
    Options options,
    ExecutionView.Origin origin) {

  /// Which workflow.
  ///
  /// @param workflow its id or name
  /// @param version null: see alias
  /// @param alias null, and no version either: the latest version
  public record Which(String workflow, @Nullable Integer version, @Nullable String alias) {
    /// The latest version.
    public static Which latest(UUID workflow) {
      return new Which(workflow.toString(), null, null);
    }
  }

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
  public static ExecutionRequest manual(Which workflow, @Nullable Object input, String who) {
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
