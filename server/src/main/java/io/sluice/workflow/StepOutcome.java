package io.sluice.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a step records when it has ended, under its id. A step that failed and was not handled
/// leaves the engine's record of a failure instead.
///
/// @param status how it ended
/// @param output what it gives, as plain JSON, without secrets
/// @param input its config as resolved, without secrets; null where there is none, or it is large
/// @param branch of a CONDITIONAL: the one that was taken
/// @param error of a step that failed and was handled
/// @param endedAt of steps that have a compensation: orders them
@JsonIgnoreProperties(ignoreUnknown = true)
public record StepOutcome(
    Status status,
    @JsonInclude(value = Include.NON_NULL, content = Include.ALWAYS) @Nullable Object output,
    @JsonInclude(value = Include.NON_NULL, content = Include.ALWAYS) @Nullable Object input,
    @JsonInclude(Include.NON_NULL) @Nullable String branch,
    @JsonInclude(Include.NON_NULL) @Nullable StepError error,
    @JsonInclude(Include.NON_NULL) @Nullable Instant endedAt) {

  /// What is appended to a step's id for the record that it has begun, where it may take long: of a
  /// step with steps inside, and of one that waits. See [Begun].
  public static final String BEGUN = "#begun";

  /// What is appended to a step's id for the scope of its items: those of `each` are in
  /// `each#items/0` and so on.
  public static final String ITEMS = "#items";

  /// How a step ended.
  public enum Status {
    /// Well.
    COMPLETED,
    /// Its condition did not hold.
    SKIPPED,
    /// It failed, and its `onError` lets the execution go on.
    FAILED;

    /// The name in JSON and expressions: lower case.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How a step failed: `error` of expressions.
  ///
  /// @param step its id
  /// @param errorType stable, for programs
  /// @param message for people
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record StepError(String step, String errorType, String message) {}

  /// What a step records when it has begun, under its id and [#BEGUN].
  ///
  /// @param skipped its condition does not hold
  /// @param branch of a CONDITIONAL: the one that is taken; null: none
  /// @param until of a WAIT: when it ends at the latest
  /// @param state what it goes on with: the items of a FOR_EACH, the name of a signal, findings
  /// @param input its config as resolved, without secrets
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Begun(
      boolean skipped,
      @JsonInclude(Include.NON_NULL) @Nullable String branch,
      @JsonInclude(Include.NON_NULL) @Nullable Instant until,
      @JsonInclude(value = Include.NON_NULL, content = Include.ALWAYS) @Nullable Object state,
      @JsonInclude(value = Include.NON_NULL, content = Include.ALWAYS) @Nullable Object input) {}
}
