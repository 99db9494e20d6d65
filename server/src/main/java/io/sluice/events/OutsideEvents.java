package io.sluice.events;

import io.sluice.engine.JobEvent;
import io.sluice.engine.JobEvent.Severity;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.platform.Problem.Fault;
import io.sluice.platform.SpringTx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Events that others announce: programs beside this one, through HTTP.
@Component
public class OutsideEvents {
  /// The most bytes that an event may have, as it is sent.
  public static final int MOST_BYTES = 64 << 10;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*([.:-][a-z0-9_]+)*");
  private static final int LONGEST = 100;

  /// First words of what this program announces itself, and acts upon: nobody else may say it.
  private static final Set<String> RESERVED =
      Set.of(
          "breaker",
          "certification",
          "circuit",
          "circuit_breaker",
          "document",
          "enrollment",
          "error",
          "execution",
          "guard",
          "human_task",
          "identity",
          "job",
          "notification",
          "progress",
          "queue",
          "review",
          "rule",
          "schedule",
          "sluice",
          "stage_done",
          "step",
          "template",
          "tenant",
          "test",
          "training",
          "trigger",
          "user",
          "validation",
          "webhook",
          "workflow");

  private final Operations operations;
  private final SpringTx transactions;

  OutsideEvents(Operations operations, SpringTx transactions) {
    this.operations = operations;
    this.transactions = transactions;
  }

  /// What is announced.
  ///
  /// @param type what sort of thing, e.g. `order.placed`
  /// @param code more exactly; null: the type
  /// @param subject the id of what it is about
  /// @param payload details; null: none
  public record Draft(
      @Nullable String type,
      @Nullable String code,
      @Nullable UUID subject,
      @Nullable Map<String, @Nullable Object> payload) {}

  /// Announces it.
  ///
  /// @return the event's id
  /// @throws EventProblem.Bad if it breaks a rule
  public UUID publish(TenantId tenant, Draft draft) {
    var type = draft.type() == null ? "" : draft.type();
    var code = draft.code() == null ? type : draft.code();
    var faults = new ArrayList<Fault>();
    name(faults, "/type", type);
    if (draft.code() != null) {
      name(faults, "/code", code);
    }
    if (draft.payload() != null && hasNul(draft.payload())) {
      faults.add(new Fault("/payload", "has the character U+0000, which can not be stored"));
    }
    if (!faults.isEmpty()) {
      throw new EventProblem.Bad(faults);
    }
    Object payload = draft.payload() == null ? Map.of() : new LinkedHashMap<>(draft.payload());
    var event = new JobEvent(type, Severity.INFO, code, draft.subject(), payload);
    return transactions.in(tx -> operations.publish(tx, tenant, event));
  }

  private static boolean hasNul(@Nullable Object json) {
    return switch (json) {
      case String text -> text.indexOf(0) >= 0;
      case Map<?, ?> map ->
          map.keySet().stream().anyMatch(k -> hasNul(k))
              || map.values().stream().anyMatch(v -> hasNul(v));
      case List<?> list -> list.stream().anyMatch(v -> hasNul(v));
      case null, default -> false;
    };
  }

  private static void name(List<Fault> faults, String pointer, String name) {
    if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
      faults.add(
          new Fault(
              pointer,
              "must be words of lower case letters, digits and underscores, with dots between, at"
                  + " most "
                  + LONGEST
                  + " characters, e.g. order.placed"));
    } else if (RESERVED.contains(name.split("[.:-]", 2)[0])) {
      faults.add(
          new Fault(
              pointer,
              "begins with a word that this server's own events begin with; choose another one"));
    }
  }
}
