package io.sluice.engine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Races of waits with what they wait for.
class WaitsTest {
  private final Waits waits = new Waits(() -> Instant.EPOCH, Waits.SHORT);

  private static Waits.Wait signal() {
    return new Waits.Wait(null, "go", null, "signal");
  }

  @Test
  void whatComesBetweenTheLookAndTheWaitIsNotMissed() throws Exception {
    waits.enter(); // a sibling that runs on, so that the job does not park
    int seen = waits.pokes();
    waits.poke();
    var woken =
        CompletableFuture.runAsync(() -> {
          try {
            waits.await(signal(), seen);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    woken.get(5, TimeUnit.SECONDS);
    assertThat(waits.parked()).isFalse();
  }

  @Test
  void theLastBranchThatBeginsToWaitParksTheJob() {
    assertThatThrownBy(() -> waits.await(signal(), waits.pokes())).isInstanceOf(Parked.class);
    assertThat(waits.parked()).isTrue();
    assertThat(waits.enter()).isFalse();
    assertThat(waits.all().signals()).containsExactly("go");
  }

  @Test
  void aStopUnwindsWhoeverWaits() {
    waits.enter();
    waits.stop(Stopped.Reason.CANCELLED);
    assertThatThrownBy(() -> waits.await(signal(), waits.pokes())).isInstanceOf(Stopped.class);
  }
}
