package io.sluice.engine.engine;

import io.sluice.engine.Codec;
import io.sluice.engine.Handler;
import io.sluice.engine.Kind;
import io.sluice.engine.model.Failures;
import io.sluice.engine.model.Verdict;
import io.sluice.engine.store.Claim;
import io.sluice.engine.store.WakeStore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One run of a handler over any ledger, with the engine's own rules and none of its loops. For
/// test kits.
public final class Rehearsal {
  private Rehearsal() {}

  /// How a run ended.
  public sealed interface End {
    /// The handler returned.
    ///
    /// @param json the result; null for none
    record Returned(@Nullable String json) implements End {}

    /// Every live branch waits.
    record ParkedOn(WakeStore.Waits waits) implements End {}

    /// The handler failed, and this is what the engine would make of it.
    record Failed(Verdict verdict, Throwable failure) implements End {}
  }

  /// Runs the handler once.
  ///
  /// @throws Error what the ledger throws to end the run from outside
  @SuppressWarnings("unchecked")
  public static End run(
      Kind<?, ?> kind,
      Handler<?, ?> handler,
      Claim claim,
      Ledger ledger,
      Codec codec,
      RandomGenerator random) {
    try (var timeouts = new Timeouts()) {
      var state = new RunState(claim, kind, ledger, codec, random, timeouts);
      state.join();
      try {
        var input = codec.decode(claim.inputJson(), (Class<Object>) kind.input());
        var output = ((Handler<Object, Object>) handler).run(input, new Scope(state, ""));
        record(state);
        return new End.Returned(output == null ? null : codec.encode(output));
      } catch (Parked _) {
        record(state);
        return new End.ParkedOn(state.waits().all());
      } catch (Exception e) {
        record(state);
        var verdict =
            Failures.judge(
                e, claim.attempt(), kind.retry(), kind.permanent(), ledger.now(), random);
        return new End.Failed(verdict, e);
      } finally {
        state.exit();
        Thread.interrupted();
      }
    }
  }

  /// What was to be recorded with the job's end.
  private static void record(RunState state) {
    try {
      for (var entry : state.takePostponed()) {
        state.ledger().record(entry);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
