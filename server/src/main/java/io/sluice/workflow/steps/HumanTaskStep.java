package io.sluice.workflow.steps;

import io.sluice.sources.JsonSchema;
import io.sluice.workflow.Signals;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.model.HumanTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// HUMAN_TASK. Gives what a person has filled in; after a verdict of the review queue with that
/// beside it, as `review`; null after a time-out that lets it go on.
final class HumanTaskStep {
  private static final String REVIEW = "review";

  private final Schemas schemas;
  private final Answers answers;

  HumanTaskStep(Schemas schemas, Answers answers) {
    this.schemas = schemas;
    this.answers = answers;
  }

  Begun begin(HumanTask config, StepCall call) {
    var task = new LinkedHashMap<String, @Nullable Object>();
    task.put("title", call.text(config.title()));
    task.put("description", call.text(config.description()));
    task.put("assignees", names(config.assignees(), call));
    task.put("candidateGroups", names(config.candidateGroups(), call));
    task.put(REVIEW, Question.Asked.of(config.audience(), call).plain());
    var until = config.timeout() == null ? null : call.now().plus(config.timeout());
    return new Begun(false, null, until, task, task);
  }

  private static List<String> names(List<io.sluice.expression.Template> templates, StepCall call) {
    var names = new ArrayList<String>();
    for (var template : templates) {
      switch (call.render(template)) {
        case null -> {}
        case List<?> list ->
            list.stream().filter(Objects::nonNull).map(String::valueOf).forEach(names::add);
        case Object one -> names.add(String.valueOf(one));
      }
    }
    return names;
  }

  StepResult end(HumanTask config, Begun begun, StepCall call) {
    var patience = new Messages.Patience(config.timeout(), config.onTimeout());
    var got = answers.to(question(config, begun, call), call, patience);
    if (got.verdict() != null) {
      return new StepResult(reviewed(got.payload(), got.verdict(), config), begun.input());
    }
    if (got.arrived()) {
      var misfits = schemas.of(config.form()).check(got.payload());
      if (!misfits.isEmpty()) {
        throw StepFailure.lasting(
            "INVALID_ANSWER", "The answer does not fit the form: " + said(misfits));
      }
    }
    return new StepResult(got.payload(), begun.input());
  }

  private static Question question(HumanTask config, Begun begun, StepCall call) {
    var content = new LinkedHashMap<String, @Nullable Object>();
    // Executions that began before there was a queue have recorded it as their input only.
    var task = begun.state() == null ? begun.input() : begun.state();
    if (task instanceof Map<?, ?> map) {
      map.forEach((name, value) -> content.put(String.valueOf(name), value));
    }
    var asked = Question.Asked.read(content.remove(REVIEW));
    content.put("form", config.form());
    var title = content.get("title") instanceof String text ? text : call.step().id();
    return new Question(title, content, asked, Signals.task(call.path()));
  }

  /// What was filled in, with the verdict beside it. A form that has a `review` of its own keeps
  /// it.
  private static @Nullable Object reviewed(
      @Nullable Object answer, Map<String, @Nullable Object> verdict, HumanTask config) {
    boolean own =
        config.form().get("properties") instanceof Map<?, ?> map && map.containsKey(REVIEW);
    if (answer != null && (own || !(answer instanceof Map))) {
      return answer;
    }
    var output = new LinkedHashMap<String, @Nullable Object>();
    if (answer instanceof Map<?, ?> map) {
      map.forEach((name, value) -> output.put(String.valueOf(name), value));
    }
    output.put(REVIEW, verdict);
    return output;
  }

  private static String said(List<JsonSchema.Misfit> misfits) {
    var first = misfits.getFirst();
    return first.pointer() + " " + first.message();
  }
}
