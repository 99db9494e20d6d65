package io.sluice.webhooks;

import io.sluice.engine.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Calls from outside: the second door of the module.
public interface IncomingWebhooks {
  /// The most bytes that a call may have.
  int MOST_BYTES = 1 << 20;

  /// How a call was answered.
  public sealed interface Answer {
    /// It was accepted now.
    ///
    /// @param started what it started; null if nothing was
    record Accepted(UUID hook, @Nullable UUID started) implements Answer {}

    /// It had been accepted before: nothing was started.
    record Replayed(UUID hook) implements Answer {}

    /// It is a question that a service asks before it sends: the answer that it wants to see.
    record Challenged(String challenge) implements Answer {}
  }

  /// Takes a call: verifies it, records it, starts what it is for.
  ///
  /// @throws WebhookProblem.UnknownHook if the token leads nowhere
  /// @throws WebhookProblem.HookRefused if it was refused; the reason is in the history
  /// @throws WebhookProblem.HookTooLarge if it has more than [#MOST_BYTES]
  Answer receive(String token, IncomingCall call);

  /// Verifies a call. Pure.
  Verdict verify(Endpoint endpoint, IncomingCall call, Instant now);

  /// What is wrong with an endpoint as it was configured; empty if it can be used.
  List<io.sluice.platform.Problem.Fault> faults(Endpoint endpoint);

  /// Which calls.
  ///
  /// @param trigger null: of all
  /// @param verdict null: all
  record Filter(@Nullable UUID trigger, @Nullable String verdict) {}

  /// Calls that came in, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<ReceivedHook> received(TenantId tenant, Filter filter, @Nullable UUID before, int limit);

  /// One of them.
  ///
  /// @throws WebhookProblem.UnknownReceivedHook if the tenant has none of that id
  ReceivedHook received(TenantId tenant, UUID id);
}
