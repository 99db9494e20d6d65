package io.sluice.workflow.triggers;

import io.sluice.engine.Operations;
import io.sluice.engine.Schedule;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.platform.Problem.Fault;
import io.sluice.webhooks.IncomingWebhooks;
import io.sluice.webhooks.Verification;
import io.sluice.workflow.Reference;
import io.sluice.workflow.TriggerDraft;
import io.sluice.workflow.TriggerDraft.HookRule;
import io.sluice.workflow.TriggerDraft.ScheduleRule;
import io.sluice.workflow.TriggerProblem;
import io.sluice.workflow.WorkflowProblem;
import io.sluice.workflow.triggers.model.DraftRules;
import io.sluice.workflow.triggers.model.Endpoints;
import io.sluice.workflow.triggers.store.TriggerRow;
import io.sluice.workflow.work.Definitions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Checks what is said about triggers, and tells the engine's clock of it.
@Component
class TriggerDrafts {
  private final Operations operations;
  private final IncomingWebhooks incoming;
  private final HookSecrets secrets;
  private final Definitions definitions;
  private final InstantSource clock;

  TriggerDrafts(
      Operations operations,
      IncomingWebhooks incoming,
      HookSecrets secrets,
      Definitions definitions,
      InstantSource clock) {
    this.operations = operations;
    this.incoming = incoming;
    this.secrets = secrets;
    this.definitions = definitions;
    this.clock = clock;
  }

  /// A draft that is in order.
  ///
  /// @param said complete, without secrets
  /// @param secrets that are valid from now on
  /// @param renewed whether they are others than before
  /// @param shown those that were made just now; null: none
  record Checked(
      TriggerDraft said, List<String> secrets, boolean renewed, @Nullable List<String> shown) {}

  /// Checks a draft.
  ///
  /// @param known secrets of the trigger as it was
  /// @throws TriggerProblem.Bad if it breaks a rule
  Checked checked(TenantId tenant, TriggerDraft draft, List<String> known) {
    var faults = new ArrayList<>(DraftRules.faults(draft));
    if (faults.isEmpty() && draft.schedule() != null) {
      faults.addAll(faults(draft.schedule()));
    }
    refuse(faults);
    refuse(workflow(tenant, draft));
    var complete = DraftRules.complete(draft);
    var hook = complete.webhook();
    return hook == null
        ? new Checked(complete, List.of(), false, null)
        : checked(complete, hook, known);
  }

  /// Looked up at each firing again; a typing error is better told now.
  private List<Fault> workflow(TenantId tenant, TriggerDraft draft) {
    var reference =
        new Reference(Objects.requireNonNull(draft.workflow()), draft.version(), draft.alias());
    try {
      definitions.resolve(tenant, reference, UUID.nameUUIDFromBytes(new byte[0]));
      return List.of();
    } catch (WorkflowProblem.Unknown unknown) {
      var pointer =
          switch (unknown.code()) {
            case "UNKNOWN_VERSION" -> "/version";
            case "UNKNOWN_ALIAS" -> "/alias";
            default -> "/workflow";
          };
      return List.of(new Fault(pointer, "leads nowhere: " + unknown.getMessage()));
    }
  }

  private Checked checked(TriggerDraft complete, HookRule hook, List<String> known) {
    var verification = Endpoints.verification(hook);
    boolean none = verification == Verification.NONE;
    var given = hook.secrets();
    boolean make = !none && (given == null ? known.isEmpty() : given.isEmpty());
    var valid =
        make
            ? List.of(secrets.fresh(verification))
            : given == null ? (none ? List.<String>of() : known) : given;
    refuse(
        incoming.faults(Endpoints.of(hook, valid)).stream()
            .map(f -> new Fault("/webhook" + f.pointer(), f.detail()))
            .toList());
    return new Checked(
        complete.withWebhook(Endpoints.complete(hook)),
        valid,
        make || given != null || none,
        make ? valid : null);
  }

  private static void refuse(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new TriggerProblem.Bad(faults);
    }
  }

  private List<Fault> faults(ScheduleRule rule) {
    try {
      return operations.upcoming(DraftRules.rhythm(rule), clock.instant(), 1).isEmpty()
          ? List.of(new Fault("/schedule/cron", "never comes; there is no such day"))
          : List.of();
    } catch (IllegalArgumentException _) {
      return List.of(
          new Fault(
              "/schedule/cron",
              "is no cron expression; write five fields: minute, hour, day of month, month, day of"
                  + " week, e.g. 30 9 * * 1-5"));
    }
  }

  /// The type of a trigger stays.
  TriggerDraft sameType(TriggerRow row, TriggerDraft draft) {
    if (draft.type() != null && draft.type() != row.said().type()) {
      throw new TriggerProblem.Bad(
          List.of(new Fault("/type", "can not be changed; make another trigger")));
    }
    return new TriggerDraft(
        draft.name(),
        draft.description(),
        row.said().type(),
        draft.workflow(),
        draft.version(),
        draft.alias(),
        draft.input(),
        draft.enabled(),
        draft.schedule(),
        draft.webhook(),
        draft.event());
  }

  /// A secret for a webhook: the one that was given, if it can be used, or a new one.
  String secret(TriggerRow row, @Nullable String given) {
    var rule = Objects.requireNonNull(row.said().webhook());
    if (given == null) {
      return secrets.fresh(Endpoints.verification(rule));
    }
    refuse(
        incoming.faults(Endpoints.of(rule, List.of(given))).stream()
            .map(f -> new Fault("/secret", f.detail()))
            .toList());
    return given;
  }

  /// Makes the engine's schedule what the trigger says, in its transaction.
  void schedule(Tx tx, TriggerRow row) {
    var rule = row.said().schedule();
    if (rule == null) {
      return;
    }
    if (!row.enabled()) {
      operations.unschedule(tx, row.schedule());
      return;
    }
    operations.schedule(
        tx,
        new Schedule(
            row.schedule(),
            row.tenant(),
            FireHandler.KIND.name(),
            FireRequest.byTime(row.id()),
            DraftRules.rhythm(rule),
            Objects.requireNonNull(rule.missed())));
  }
}
