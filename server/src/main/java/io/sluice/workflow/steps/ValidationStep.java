package io.sluice.workflow.steps;

import io.sluice.workflow.Signals;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.model.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// VALIDATION. Gives `{valid, errors, warnings}`, with a pointer and a message each, and after a
/// person's verdict `review` beside them.
final class ValidationStep {
  private static final String REVIEW = "review";

  /// What lets the step end well; an edge case does, so that the workflow can decide.
  private static final Set<Object> GOOD = Set.of("approved", "pass", "edge_case");

  private final Schemas schemas;
  private final Answers answers;

  ValidationStep(Schemas schemas, Answers answers) {
    this.schemas = schemas;
    this.answers = answers;
  }

  StepResult run(Validation config, StepCall call) {
    var data = call.render(config.data());
    var found = findings(config, data, call);
    if (!valid(found) && config.onInvalid() == Validation.OnInvalid.FAIL) {
      throw invalid(found);
    }
    return new StepResult(found, data);
  }

  Begun begin(Validation config, StepCall call) {
    var data = call.render(config.data());
    var found = findings(config, data, call);
    if (!valid(found)) {
      found.put(REVIEW, Question.Asked.of(config.audience(), call).plain());
    }
    return new Begun(false, null, null, found, data);
  }

  /// A person decides about what was found.
  StepResult end(Begun begun, StepCall call) {
    @SuppressWarnings("unchecked")
    var found =
        new LinkedHashMap<String, @Nullable Object>(
            (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(begun.state()));
    if (valid(found)) {
      return new StepResult(found, begun.input());
    }
    var got = answers.to(question(found, begun, call), call, Messages.Patience.ENDLESS);
    var review = review(got);
    found.put(REVIEW, review);
    if (review instanceof Map<?, ?> verdict && GOOD.contains(said(verdict))) {
      return new StepResult(found, begun.input());
    }
    throw StepFailure.lasting("REJECTED", "A person has rejected what was found");
  }

  private static Object said(Map<?, ?> verdict) {
    return verdict.get("verdict") instanceof String text ? text : "";
  }

  private static Question question(
      Map<String, @Nullable Object> found, Begun begun, StepCall call) {
    var content = new LinkedHashMap<String, @Nullable Object>(found);
    var asked = Question.Asked.read(content.remove(REVIEW));
    content.put("data", begun.input());
    var title = "What step '" + call.step().id() + "' has found is to be decided";
    return new Question(title, content, asked, Signals.review(call.path()));
  }

  /// The verdict of the review queue with corrected labels; or what came with a signal.
  private static @Nullable Object review(Messages.Message got) {
    if (got.verdict() == null) {
      return got.payload();
    }
    var review = new LinkedHashMap<String, @Nullable Object>(got.verdict());
    review.put("labels", got.payload());
    return review;
  }

  private static boolean valid(Map<String, ? extends @Nullable Object> found) {
    return Boolean.TRUE.equals(found.get("valid"));
  }

  private Map<String, @Nullable Object> findings(
      Validation config, @Nullable Object data, StepCall call) {
    var errors = new ArrayList<Map<String, @Nullable Object>>();
    var warnings = new ArrayList<Map<String, @Nullable Object>>();
    if (config.schema() != null) {
      for (var misfit : schemas.of(config.schema()).check(data)) {
        errors.add(finding(misfit.pointer(), misfit.message()));
      }
    }
    var scope = call.variables().with("data", data).at(call.now());
    for (var rule : config.rules()) {
      if ((rule.when() == null || rule.when().test(scope)) && !rule.holds().test(scope)) {
        var list = rule.severity() == Validation.Severity.ERROR ? errors : warnings;
        list.add(finding("", String.valueOf(Texts.of(rule.message().render(scope)))));
      }
    }
    var found = new LinkedHashMap<String, @Nullable Object>();
    found.put("valid", errors.isEmpty());
    found.put("errors", errors);
    found.put("warnings", warnings);
    return found;
  }

  private static Map<String, @Nullable Object> finding(String pointer, String message) {
    var finding = new LinkedHashMap<String, @Nullable Object>();
    finding.put("pointer", pointer);
    finding.put("message", message);
    return finding;
  }

  private static StepFailure invalid(Map<String, @Nullable Object> found) {
    var errors = found.get("errors") instanceof List<?> list ? list : List.of();
    var first = (Map<?, ?>) errors.getFirst();
    var more = errors.size() == 1 ? "" : ", and " + (errors.size() - 1) + " more";
    var place = String.valueOf(first.get("pointer"));
    return StepFailure.answered(
        "INVALID",
        (place.isEmpty() ? "" : place + ": ") + first.get("message") + more,
        false,
        new StepFailure.Details(null, found, null));
  }
}
