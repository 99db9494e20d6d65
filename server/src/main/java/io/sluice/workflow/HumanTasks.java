package io.sluice.workflow;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Answers to HUMAN_TASKs, before they are sent.
public interface HumanTasks {
  /// What of an answer does not fit the task's form; empty if it can be sent.
  ///
  /// @param versionId of the workflow that the execution keeps
  /// @param path of the step, as in [Signals#task]
  List<Misfit> check(UUID versionId, String path, @Nullable Object answer);

  /// Something that does not fit.
  ///
  /// @param pointer a JSON pointer into the answer
  record Misfit(String pointer, String detail) {}
}
