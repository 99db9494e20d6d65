package io.sluice.webhooks;

import io.sluice.platform.Problem;
import java.util.List;

/// What can go wrong for those who ask for webhooks, and for those who call.
public abstract sealed class WebhookProblem extends Problem {
  private WebhookProblem(Sort sort, String code, String detail) {
    super(sort, code, detail);
  }

  private WebhookProblem(Sort sort, String code, String detail, List<Fault> faults) {
    super(sort, code, detail, faults, null);
  }

  /// There is no such webhook.
  public static final class Unknown extends WebhookProblem {
    /// Names it.
    public Unknown(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_WEBHOOK", "There is no webhook " + id);
    }
  }

  /// There is no such delivery.
  public static final class UnknownDelivery extends WebhookProblem {
    /// Names it.
    public UnknownDelivery(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_WEBHOOK_EVENT", "There is no webhook event " + id);
    }
  }

  /// What was asked for breaks rules.
  public static final class Bad extends WebhookProblem {
    /// Names the places.
    public Bad(List<Fault> faults) {
      super(
          Sort.INVALID,
          "BAD_WEBHOOK",
          faults.getFirst().pointer() + " " + faults.getFirst().detail(),
          faults);
    }
  }

  /// Somebody else changed it in between.
  public static final class Changed extends WebhookProblem {
    /// Names it.
    public Changed(Object id) {
      super(
          Sort.STALE,
          "WEBHOOK_CHANGED",
          "Webhook " + id + " was changed meanwhile; read it again and send its new ETag");
    }
  }

  /// It is disabled, so that nothing is sent to it.
  public static final class Disabled extends WebhookProblem {
    /// Names it.
    public Disabled(Object id) {
      super(
          Sort.CONFLICT,
          "WEBHOOK_DISABLED",
          "Webhook " + id + " is disabled; enable it with PUT, or test it first");
    }
  }

  /// The token leads nowhere.
  public static final class UnknownHook extends WebhookProblem {
    /// Does not repeat the token.
    public UnknownHook() {
      super(Sort.NOT_FOUND, "UNKNOWN_HOOK", "There is no hook at this address");
    }
  }

  /// The caller did not prove who it is.
  public static final class HookRefused extends WebhookProblem {
    /// Does not say why.
    public HookRefused() {
      super(
          Sort.UNAUTHENTICATED,
          "HOOK_REFUSED",
          "The call could not be verified; whoever owns this address finds the reason in its history");
    }
  }

  /// The call has too many bytes.
  public static final class HookTooLarge extends WebhookProblem {
    /// Names the limit.
    public HookTooLarge() {
      super(
          Sort.TOO_LARGE,
          "HOOK_TOO_LARGE",
          "A call may have " + IncomingWebhooks.MOST_BYTES + " bytes; send a reference instead");
    }
  }

  /// There is no such received call.
  public static final class UnknownReceivedHook extends WebhookProblem {
    /// Names it.
    public UnknownReceivedHook(Object id) {
      super(Sort.NOT_FOUND, "UNKNOWN_RECEIVED_HOOK", "No call was received as " + id);
    }
  }
}
