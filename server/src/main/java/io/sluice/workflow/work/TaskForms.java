package io.sluice.workflow.work;

import io.sluice.sources.JsonSchema;
import io.sluice.workflow.HumanTasks;
import io.sluice.workflow.model.HumanTask;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The forms of HUMAN_TASKs.
@Component
class TaskForms implements HumanTasks {
  private final Plans plans;

  TaskForms(Plans plans) {
    this.plans = plans;
  }

  @Override
  public List<Misfit> check(UUID versionId, String path, @Nullable Object answer) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    int suffix = name.indexOf('@');
    return plans
        .of(versionId)
        .step(suffix < 0 ? name : name.substring(0, suffix))
        .filter(step -> step.config() instanceof HumanTask)
        .map(step -> JsonSchema.of(((HumanTask) step.config()).form()).check(answer))
        .orElse(List.of())
        .stream()
        .map(misfit -> new Misfit(misfit.pointer(), misfit.message()))
        .toList();
  }
}
