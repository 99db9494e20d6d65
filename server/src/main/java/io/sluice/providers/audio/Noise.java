package io.sluice.providers.audio;

import io.sluice.providers.Acoustics;
import io.sluice.providers.Audio;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Puts speech into a room: silence around it, a noise floor, and noise that is so much quieter
/// than the speech. White noise, by a seed.
public final class Noise {
  private static final double FULL = 32_768;

  /// A mix that is too loud is made quieter as a whole, up to this: cutting it would change it.
  private static final double LOUDEST = 0.98 * FULL;

  private Noise() {}

  /// The speech in the room.
  public static Audio apply(Audio speech, Acoustics room) {
    int before = samples(room.before(), speech.rateHz());
    int after = samples(room.after(), speech.rateHz());
    var mix = new double[before + speech.samples().length + after];
    for (int i = 0; i < speech.samples().length; i++) {
      mix[before + i] = speech.samples()[i];
    }
    double deviation = deviation(speech, room.floorDb(), room.snrDb());
    if (deviation > 0) {
      var random = new SplittableRandom(room.seed());
      for (int i = 0; i < mix.length; i++) {
        mix[i] += deviation * random.nextGaussian();
      }
    }
    return new Audio(speech.rateHz(), rounded(mix));
  }

  /// The deviation of both noises together: their powers add up.
  private static double deviation(Audio speech, @Nullable Double floorDb, @Nullable Double snrDb) {
    double floor = floorDb == null ? 0 : Math.pow(10, floorDb / 10);
    double noise =
        snrDb == null
            ? 0
            : Levels.speechPower(speech.samples(), speech.rateHz()) / Math.pow(10, snrDb / 10);
    return FULL * Math.sqrt(floor + noise);
  }

  private static short[] rounded(double[] mix) {
    double peak = 0;
    for (double value : mix) {
      peak = Math.max(peak, Math.abs(value));
    }
    double factor = peak > LOUDEST ? LOUDEST / peak : 1;
    var out = new short[mix.length];
    for (int i = 0; i < mix.length; i++) {
      out[i] = Levels.rounded(mix[i] * factor);
    }
    return out;
  }

  private static int samples(Duration time, int rateHz) {
    return (int) (time.toMillis() * rateHz / 1000);
  }
}
