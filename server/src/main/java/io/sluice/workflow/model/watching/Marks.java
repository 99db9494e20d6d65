package io.sluice.workflow.model.watching;

import io.sluice.engine.StepRef;
import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.WorkflowKinds;
import io.sluice.workflow.model.StepType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What a job of an execution has recorded, and what of it is to be forgotten when the job goes on
/// from the step that failed: what that step had noted on its way, so that it begins anew, and
/// items that had failed although their failure was tolerated. What was done stays.
public final class Marks {
  private static final Set<StepType> WAITS =
      Set.of(StepType.WAIT, StepType.HUMAN_TASK, StepType.VALIDATION);
  private static final List<String> NOTES =
      List.of(StepOutcome.BEGUN, "#asked", "#closed", "#noted", "#forgotten");
  private static final List<String> BRANCHES = List.of("#signal", "#late");
  private static final List<String> SIGNALS = List.of("task:", "review:", "event:", "failed:");
  private static final String STARTED = "#started";
  private static final String UNTIL = "#until";
  private static final String FAILED = "#failed";

  private final List<Mark> all;
  private final Function<String, Optional<StepType>> types;
  private final Set<String> done = new HashSet<>();
  private final Set<String> failed = new HashSet<>();
  private final Set<String> answered = new HashSet<>();

  /// A record.
  ///
  /// @param done false: a failure, or an attempt that is followed by another
  /// @param wrong it tells of a failure: an item that had failed, or what was undone after one
  public record Mark(String scope, String name, boolean done, boolean wrong) {
    String path() {
      return scope.isEmpty() ? name : scope + "/" + name;
    }
  }

  /// The records of one job.
  ///
  /// @param types by a step's id
  public Marks(List<Mark> all, Function<String, Optional<StepType>> types) {
    this.all = all;
    this.types = types;
    for (var mark : all) {
      (mark.done() ? done : failed).add(mark.path());
      if (mark.done() && !mark.name().endsWith(UNTIL)) {
        answerOf(mark).ifPresent(answered::add);
      }
    }
  }

  /// Whether the step has ended well, or its failure was handled.
  ///
  /// @param path scope and name
  public boolean done(String path) {
    return done.contains(path);
  }

  /// Scopes in which something was undone: that of the job is the empty one.
  public List<String> undone() {
    return all.stream()
        .filter(mark -> mark.name().startsWith(FAILED) && mark.done() && mark.wrong())
        .map(Mark::scope)
        .distinct()
        .toList();
  }

  /// Whether jobs were started in a scope, or below it.
  public boolean started(String scope) {
    return all.stream()
        .filter(mark -> within(scope, mark.scope()))
        .anyMatch(mark ->
            mark.name().endsWith(WorkflowKinds.FAN_GROUP)
                || mark.name().endsWith(WorkflowKinds.RUN_GROUP));
  }

  private static boolean within(String scope, String other) {
    return scope.isEmpty() || other.equals(scope) || other.startsWith(scope + "/");
  }

  /// What is to be forgotten.
  public List<StepRef> forgotten() {
    var undone = undone();
    var forgotten = new ArrayList<StepRef>();
    for (var mark : all) {
      if (mark.done()
          && (undone.stream().anyMatch(scope -> within(scope, mark.scope())) || stale(mark))) {
        forgotten.add(new StepRef(mark.scope(), mark.name()));
      }
    }
    return forgotten;
  }

  private boolean stale(Mark mark) {
    var path = mark.path();
    if (path.endsWith(STARTED)) {
      return !done.contains(cut(path, STARTED));
    }
    if (mark.scope().endsWith(StepOutcome.ITEMS) && mark.wrong()) {
      return !done.contains(cut(mark.scope(), StepOutcome.ITEMS));
    }
    if (mark.name().startsWith("failed:")) {
      return !done.contains(mark.name().substring("failed:".length()));
    }
    return noteOf(mark).or(() -> answerOf(mark)).filter(this::beginsAnew).isPresent();
  }

  /// A step that has taken its answer and did not fail of it goes on with that.
  private boolean beginsAnew(String step) {
    return !done.contains(step) && (failed.contains(step) || !answered.contains(step));
  }

  /// The step that waits and has left this note.
  private Optional<String> noteOf(Mark mark) {
    var path = mark.path();
    return NOTES.stream()
        .filter(path::endsWith)
        .map(note -> cut(path, note))
        .filter(this::waits)
        .findFirst();
  }

  private boolean waits(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    int round = name.indexOf('@');
    return types
        .apply(round < 0 ? name : name.substring(0, round))
        .filter(WAITS::contains)
        .isPresent();
  }

  /// The step whose answer this is, or the time until which it waits for one.
  private static Optional<String> answerOf(Mark mark) {
    for (var branch : BRANCHES) {
      int at = mark.scope().lastIndexOf(branch);
      if (at >= 0
          && (mark.scope().length() == at + branch.length()
              || mark.scope().charAt(at + branch.length()) == '/')) {
        return Optional.of(mark.scope().substring(0, at));
      }
    }
    var name = mark.name().endsWith(UNTIL) ? cut(mark.name(), UNTIL) : mark.name();
    return SIGNALS.stream()
        .filter(name::startsWith)
        .map(signal -> name.substring(signal.length()))
        .findFirst();
  }

  private static String cut(String text, String end) {
    return text.substring(0, text.length() - end.length());
  }
}
