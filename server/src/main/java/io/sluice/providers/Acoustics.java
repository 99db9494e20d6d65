package io.sluice.providers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where something is spoken: what is before it, after it and around it. The same one gives the
/// same samples.
///
/// @param before silence, so that a recogniser has found its feet
/// @param after silence, so that it knows that it was all
/// @param floorDb level of the noise that every room has; null: digital silence, which some
///   recognisers take badly
/// @param snrDb how much louder the speech is than noise that is mixed in; null: none. A ladder of
///   these shows where an assistant stops to understand
/// @param seed of the noise
public record Acoustics(
    Duration before, Duration after, @Nullable Double floorDb, @Nullable Double snrDb, long seed) {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /// A quiet room: 300 ms before and after, a floor at -60 dB.
  public static final Acoustics QUIET =
      new Acoustics(Duration.ofMillis(300), Duration.ofMillis(300), -60.0, null, 1);

  /// Nothing is added.
  public static final Acoustics NONE = new Acoustics(Duration.ZERO, Duration.ZERO, null, null, 1);

  /// Refuses what can not be.
  public Acoustics {
    if (before.isNegative()
        || after.isNegative()
        || before.compareTo(LONGEST) > 0
        || after.compareTo(LONGEST) > 0) {
      throw new ProviderProblem.Unspeakable("Silence before and after lasts 0 to 10 s each");
    }
    if (floorDb != null && !(floorDb >= -96 && floorDb <= -20)) {
      throw new ProviderProblem.Unspeakable("A noise floor lies at -96 to -20 dB");
    }
    if (snrDb != null && !(snrDb >= -20 && snrDb <= 60)) {
      throw new ProviderProblem.Unspeakable("A signal-to-noise ratio is -20 to 60 dB");
    }
  }

  /// With noise mixed in.
  public Acoustics noisy(double snr, long noiseSeed) {
    return new Acoustics(before, after, floorDb, snr, noiseSeed);
  }
}
