package io.sluice.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the job of an execution is given. The execution's id is the job's.
///
/// @param versionId which version of a workflow is executed; it never changes
/// @param workflow its name, for people
/// @param version its number, for people
/// @param input what the workflow is given, as plain JSON
/// @param startedAt what the workflow's time limit counts from, and `execution.startedAt`
/// @param origin where it comes from
/// @param overrides what differs from the definition
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExecutionInput(
    UUID versionId,
    String workflow,
    int version,
    @JsonInclude(value = Include.ALWAYS, content = Include.ALWAYS) @Nullable Object input,
    Instant startedAt,
    Origin origin,
    Overrides overrides) {

  /// Where an execution comes from.
  ///
  /// @param trigger `manual`, `schedule`, `webhook`, `event`, `workflow` or `fork`
  /// @param triggerId the trigger that fired; null: none
  /// @param by who started it
  /// @param parent the execution of whose step it is; null: none
  /// @param parentStep that step
  /// @param depth how many executions stand above it
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Origin(
      String trigger,
      @Nullable UUID triggerId,
      String by,
      @Nullable UUID parent,
      @Nullable String parentStep,
      int depth) {
    /// Started by somebody.
    public static Origin manual(String by) {
      return new Origin("manual", null, by, null, null, 0);
    }
  }

  /// What differs from the definition, for one execution.
  ///
  /// @param timeout null: the definition's
  /// @param concurrency null: the definition's
  /// @param context constants in place of those of the same name; null: none
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Overrides(
      @Nullable Duration timeout,
      @Nullable Integer concurrency,
      @JsonInclude(value = Include.ALWAYS, content = Include.ALWAYS)
          @Nullable Map<String, @Nullable Object> context) {
    /// Nothing differs.
    public static final Overrides NONE = new Overrides(null, null, null);
  }
}
