package io.sluice.workflow.triggers;

import io.sluice.engine.JobId;
import io.sluice.engine.JobView;
import io.sluice.engine.Operations;
import io.sluice.expression.ExpressionProblem;
import io.sluice.workflow.FiringOutcome;
import io.sluice.workflow.triggers.model.Cause;
import io.sluice.workflow.triggers.model.EventPattern;
import io.sluice.workflow.triggers.model.Seen;
import io.sluice.workflow.triggers.store.FiringStore;
import io.sluice.workflow.triggers.store.FiringStore.Fate;
import io.sluice.workflow.triggers.store.TriggerRow;
import io.sluice.workflow.triggers.store.TriggerStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Finds out what events are to do.
@Component
class EventMatches {
  /// Sub-workflows and items of loops stand below what a trigger has started.
  private static final int MOST_LEVELS = 20;

  private final TriggerStore triggers;
  private final FiringStore firings;
  private final Operations operations;
  private final Filters filters;

  EventMatches(TriggerStore triggers, FiringStore firings, Operations operations, Filters filters) {
    this.triggers = triggers;
    this.firings = firings;
    this.operations = operations;
    this.filters = filters;
  }

  /// What an event is to do.
  sealed interface Match {
    /// It fires a trigger.
    record Fires(TriggerRow trigger, Seen event, int depth) implements Match {}

    /// It would, but must not, or can not.
    record MayNot(TriggerRow trigger, Cause cause, Fate fate) implements Match {}
  }

  /// Everything that these events are to do, in their order.
  List<Match> of(List<Seen> events) {
    var tenants = events.stream().map(e -> e.tenant().value()).distinct().toList();
    var rows = triggers.forEvents(tenants);
    if (rows.isEmpty()) {
      return List.of();
    }
    var hits = new ArrayList<Hit>();
    for (var event : events) {
      rows.stream().filter(row -> meant(row, event)).forEach(row -> hits.add(new Hit(row, event)));
    }
    var depths = depths(hits.stream().map(Hit::event).distinct().toList());
    return hits.stream()
        .flatMap(hit -> match(hit, depths.getOrDefault(hit.event().id(), 1)).stream())
        .toList();
  }

  /// A trigger whose pattern stands for an event.
  private record Hit(TriggerRow trigger, Seen event) {}

  private static boolean meant(TriggerRow row, Seen event) {
    var rule = Objects.requireNonNull(row.said().event());
    return row.tenant().equals(event.tenant())
        && !event.type().equals(Seen.TRIGGER)
        && new EventPattern(Objects.requireNonNull(rule.type())).matches(event)
        && !row.activeSince().sees(event.xid());
  }

  private List<Match> match(Hit hit, int depth) {
    var event = hit.event();
    var cause = Cause.event(event.id(), depth, event.fields());
    try {
      var filter = Objects.requireNonNull(hit.trigger().said().event()).filter();
      if (!filters.passes(filter, event)) {
        return List.of();
      }
    } catch (ExpressionProblem problem) {
      var detail = "The filter failed: " + problem.getMessage();
      var fate = Fate.nothing(FiringOutcome.FAILED, problem.code(), detail);
      return List.of(new Match.MayNot(hit.trigger(), cause, fate));
    }
    return List.of(
        depth > Cause.DEEPEST
            ? new Match.MayNot(hit.trigger(), cause, tooDeep())
            : new Match.Fires(hit.trigger(), event, depth));
  }

  private static Fate tooDeep() {
    return Fate.nothing(
        FiringOutcome.REFUSED,
        "TRIGGER_CHAIN_TOO_LONG",
        "Triggers have fired each other "
            + Cause.DEEPEST
            + " times in a row, as in a circle; narrow the event's type or filter");
  }

  /// The depth at which each event fires: one more than that of the firing which started the
  /// execution that the event is of or about, or one that this one stands below.
  private Map<UUID, Integer> depths(List<Seen> events) {
    var above = new HashMap<UUID, Set<UUID>>();
    var open = new LinkedHashSet<UUID>();
    for (var event : events) {
      var origins = new LinkedHashSet<UUID>();
      if (event.job() != null) {
        origins.add(event.job());
      }
      if (event.subject() != null) {
        origins.add(event.subject());
      }
      above.put(event.id(), origins);
      open.addAll(origins);
    }
    var parents = parents(open);
    above.values().forEach(origins -> climb(origins, parents));
    var known =
        firings.depths(above.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    return events.stream()
        .collect(
            Collectors.toMap(Seen::id, e -> depth(above.getOrDefault(e.id(), Set.of()), known)));
  }

  private static int depth(Set<UUID> origins, Map<UUID, Integer> known) {
    return 1 + origins.stream().mapToInt(o -> known.getOrDefault(o, 0)).max().orElse(0);
  }

  private static void climb(Set<UUID> origins, Map<UUID, UUID> parents) {
    for (var origin : List.copyOf(origins)) {
      var at = parents.get(origin);
      while (at != null && origins.add(at)) {
        at = parents.get(at);
      }
    }
  }

  /// The jobs above some, level by level.
  private Map<UUID, UUID> parents(Set<UUID> ids) {
    var parents = new HashMap<UUID, UUID>();
    var open = ids;
    for (int level = 0; level < MOST_LEVELS && !open.isEmpty(); level++) {
      var views =
          operations.jobs(open.stream().map(JobId::new).toList()).stream()
              .filter(j -> j.parent() != null)
              .collect(Collectors.toMap(j -> j.id().value(), Function.identity()));
      views.forEach((id, job) -> parents.put(id, parent(job)));
      open =
          views.values().stream()
              .map(EventMatches::parent)
              .filter(id -> !parents.containsKey(id))
              .collect(Collectors.toSet());
    }
    return parents;
  }

  private static UUID parent(JobView job) {
    return Objects.requireNonNull(job.parent()).value();
  }
}
