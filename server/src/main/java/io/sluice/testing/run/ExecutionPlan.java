package io.sluice.testing.run;

import io.sluice.engine.TenantId;
import io.sluice.testing.model.Expansion.Bound;
import io.sluice.testing.model.InLanguage;
import io.sluice.testing.model.Selection.Choice;
import io.sluice.testing.model.Settings;
import io.sluice.testing.model.TestCase;
import io.sluice.testing.model.TestScope;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a runner is to do.
///
/// @param attempt 1 for the first
/// @param steps of the case, those of items put in
/// @param data the data row; empty: the case has none
/// @param env variables of suite and run; what is a secret in them is missing
/// @param sent the same with secrets in it, for what is sent and for nothing else
/// @param secrets those that the case names
public record ExecutionPlan(
    TenantId tenant,
    Ids ids,
    int attempt,
    Choice choice,
    List<Bound> steps,
    Cell cell,
    Settings settings,
    Map<String, @Nullable Object> env,
    Map<String, @Nullable Object> sent,
    Map<String, @Nullable Object> secrets) {
  /// Of what run it is which execution.
  public record Ids(UUID run, UUID execution) {}

  /// What of the case is tried.
  public record Cell(String language, Map<String, @Nullable Object> data) {}

  /// The case.
  public TestCase test() {
    return choice.testCase();
  }

  /// The language.
  public String language() {
    return cell.language();
  }

  /// What the case says in the language.
  public InLanguage said() {
    return test().in(cell.language());
  }

  /// What expressions over results read.
  public Map<String, @Nullable Object> document(Map<String, @Nullable Object> vars) {
    return new TestScope(language(), cell.data(), said().values(), env, vars, Map.of()).document();
  }

  /// What templates of what is sent read: secrets too.
  public Map<String, @Nullable Object> sending(Map<String, @Nullable Object> vars) {
    return new TestScope(language(), cell.data(), said().values(), sent, vars, secrets).document();
  }

  /// For another attempt.
  public ExecutionPlan attempt(int number) {
    return new ExecutionPlan(
        tenant, ids, number, choice, steps, cell, settings, env, sent, secrets);
  }

  /// Tells no secret.
  @Override
  public String toString() {
    return "ExecutionPlan[" + ids.execution() + ", attempt " + attempt + "]";
  }
}
