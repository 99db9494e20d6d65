package io.sluice.workflow.steps;

import io.sluice.sources.JsonSchema;
import io.sluice.workflow.Signals;
import io.sluice.workflow.StepOutcome.Begun;
import io.sluice.workflow.model.HumanTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// HUMAN_TASK. Gives what a person has filled in; null after a time-out that lets it go on.
final class HumanTaskStep {
  private final Schemas schemas;

  HumanTaskStep(Schemas schemas) {
    this.schemas = schemas;
  }

  Begun begin(HumanTask config, StepCall call) {
    var task = new LinkedHashMap<String, @Nullable Object>();
    task.put("title", call.text(config.title()));
    task.put("description", call.text(config.description()));
    task.put("assignees", names(config.assignees(), call));
    task.put("candidateGroups", names(config.candidateGroups(), call));
    var until = config.timeout() == null ? null : call.now().plus(config.timeout());
    return new Begun(false, null, until, null, task);
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
    var got = Messages.await(call.job(), call, Signals.task(call.path()), patience);
    if (got.arrived()) {
      var misfits = schemas.of(config.form()).check(got.payload());
      if (!misfits.isEmpty()) {
        throw StepFailure.lasting(
            "INVALID_ANSWER", "The answer does not fit the form: " + said(misfits));
      }
    }
    return new StepResult(got.payload(), begun.input());
  }

  private static String said(List<JsonSchema.Misfit> misfits) {
    var first = misfits.getFirst();
    return first.pointer() + " " + first.message();
  }
}
