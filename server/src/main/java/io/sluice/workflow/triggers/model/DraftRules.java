package io.sluice.workflow.triggers.model;

import io.sluice.engine.Schedule.Gap;
import io.sluice.engine.Schedule.Missed;
import io.sluice.engine.Schedule.Rhythm;
import io.sluice.expression.Expression;
import io.sluice.expression.ExpressionProblem;
import io.sluice.expression.Reference;
import io.sluice.expression.Template;
import io.sluice.platform.Problem.Fault;
import io.sluice.workflow.TriggerDraft;
import io.sluice.workflow.TriggerDraft.EventRule;
import io.sluice.workflow.TriggerDraft.Overlap;
import io.sluice.workflow.TriggerDraft.ScheduleRule;
import io.sluice.workflow.TriggerType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a draft of a trigger may say.
public final class DraftRules {
  private static final int LONGEST_NAME = 200;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Set<String> VARIABLES = Set.of("trigger", "fire", "request", "event");

  private DraftRules() {}

  /// What is wrong with it; empty if nothing is. Whether a cron expression can be read and a
  /// webhook's endpoint be used, others know.
  public static List<Fault> faults(TriggerDraft draft) {
    var faults = new ArrayList<Fault>();
    text(faults, "/name", draft.name());
    text(faults, "/workflow", draft.workflow());
    if (draft.version() != null && draft.alias() != null) {
      faults.add(new Fault("/alias", "can not be given beside version; leave one of them out"));
    }
    input(faults, draft.input());
    if (draft.type() == null) {
      faults.add(new Fault("/type", "is missing: manual, schedule, webhook or event"));
    } else {
      parts(faults, draft, draft.type());
    }
    return faults;
  }

  private static void text(List<Fault> faults, String pointer, @Nullable String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST_NAME) {
      faults.add(new Fault(pointer, "must have 1 to " + LONGEST_NAME + " characters"));
    }
  }

  private static void input(List<Fault> faults, @Nullable Object input) {
    try {
      Template.of(input).references().stream()
          .filter(r -> !VARIABLES.contains(r.root()) && !r.equals(Reference.EVERYTHING))
          .forEach(r ->
              faults.add(
                  new Fault(
                      "/input",
                      "refers to '" + r.root() + "'; there are trigger, fire, request and event")));
    } catch (ExpressionProblem e) {
      faults.add(new Fault("/input", "has an expression that is none: " + e.getMessage()));
    }
  }

  private static void parts(List<Fault> faults, TriggerDraft draft, TriggerType type) {
    part(faults, "/schedule", draft.schedule(), type == TriggerType.SCHEDULE);
    part(faults, "/webhook", draft.webhook(), type == TriggerType.WEBHOOK);
    part(faults, "/event", draft.event(), type == TriggerType.EVENT);
    if (type == TriggerType.SCHEDULE && draft.schedule() != null) {
      schedule(faults, draft.schedule());
    }
    if (type == TriggerType.EVENT && draft.event() != null) {
      event(faults, draft.event());
    }
  }

  private static void part(
      List<Fault> faults, String pointer, @Nullable Object part, boolean wanted) {
    if (wanted && part == null) {
      faults.add(new Fault(pointer, "is missing: the type asks for it"));
    } else if (!wanted && part != null) {
      faults.add(new Fault(pointer, "does not belong to this type; leave it out"));
    }
  }

  private static void schedule(List<Fault> faults, ScheduleRule rule) {
    if ((rule.cron() == null) == (rule.every() == null)) {
      faults.add(new Fault("/schedule", "must have one of cron and every"));
    }
    if (rule.zone() != null) {
      try {
        ZoneId.of(rule.zone());
      } catch (DateTimeException _) {
        faults.add(new Fault("/schedule/zone", "is no time zone; write one as Europe/Berlin"));
      }
    }
    if (rule.every() != null) {
      every(faults, rule, rule.every());
    }
  }

  private static void every(List<Fault> faults, ScheduleRule rule, Duration every) {
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0 || every.getNano() != 0) {
      faults.add(new Fault("/schedule/every", "must be whole seconds, PT1S to P366D"));
    }
    if (rule.zone() != null || rule.onGap() != null) {
      faults.add(new Fault("/schedule", "has zone or onGap, which belong to cron; leave them out"));
    }
  }

  private static void event(List<Fault> faults, EventRule rule) {
    if (rule.type() == null || !EventPattern.valid(rule.type())) {
      faults.add(
          new Fault(
              "/event/type",
              "must be a type, code or name of events, with letters, digits, dots, colons, hyphens"
                  + " and underscores; * at the end stands for anything"));
    } else if (rule.type().equals("*") && rule.filter() == null) {
      faults.add(
          new Fault(
              "/event/type",
              "* alone fires at everything, what it starts included; add a filter or a prefix"));
    }
    if (rule.filter() != null) {
      try {
        Expression.of(rule.filter());
      } catch (ExpressionProblem e) {
        faults.add(new Fault("/event/filter", "is no expression: " + e.getMessage()));
      }
    }
  }

  /// The same with what was left open filled in.
  public static TriggerDraft complete(TriggerDraft draft) {
    var rule = draft.schedule();
    return new TriggerDraft(
        draft.name(),
        draft.description(),
        draft.type(),
        draft.workflow(),
        draft.version(),
        draft.alias(),
        draft.input(),
        draft.enabled() == null || draft.enabled(),
        rule == null ? null : complete(rule),
        draft.webhook(),
        draft.event());
  }

  private static ScheduleRule complete(ScheduleRule rule) {
    boolean cron = rule.cron() != null;
    var missed = rule.missed();
    var gap = rule.onGap();
    return new ScheduleRule(
        rule.cron(),
        cron ? (rule.zone() == null ? "UTC" : rule.zone()) : null,
        cron ? (gap == null ? Gap.RUN_AFTER_GAP : gap) : null,
        rule.every(),
        missed == null ? (cron ? Missed.RUN_ONCE : Missed.SKIP) : missed,
        rule.overlap() == null ? Overlap.ALLOW : rule.overlap());
  }

  /// When a rule that is in order fires.
  public static Rhythm rhythm(ScheduleRule rule) {
    if (rule.every() != null) {
      return new Rhythm.Every(rule.every());
    }
    return new Rhythm.Cron(
        rule.cron() == null ? "" : rule.cron(),
        rule.zone() == null ? ZoneOffset.UTC : ZoneId.of(rule.zone()),
        rule.onGap() == null ? Gap.RUN_AFTER_GAP : rule.onGap());
  }
}
