package io.sluice.providers.audio;

import io.sluice.providers.Audio;

/// Changes the rate by a sinc in a Kaiser window: what lies above half of the lower rate is at
/// least 70 dB down, and what lies below nine tenths of it is left as it is.
public final class Resampler {
  /// Zero crossings of the sinc on either side.
  private static final int CROSSINGS = 48;

  /// Where it cuts, of half the lower rate: so that the slope ends there.
  private static final double CUT = 0.945;

  /// Of the Kaiser window: -80 dB.
  private static final double BETA = 8;

  /// Rates with a finer ratio than this are rounded to it, which costs less than the window.
  private static final int MOST_PHASES = 4_096;

  private final double step;
  private final double cut;
  private final int reach;
  private final int phases;
  private final double[][] taps;

  private Resampler(int from, int to) {
    this.step = (double) from / to;
    this.cut = CUT * Math.min(1, (double) to / from);
    this.reach = (int) Math.ceil(CROSSINGS / cut);
    this.phases = Math.min(MOST_PHASES, to / gcd(from, to));
    this.taps = new double[phases][];
  }

  /// At another rate; as it is if that is its own.
  public static Audio convert(Audio audio, int hertz) {
    if (audio.rateHz() == hertz) {
      return audio;
    }
    return new Audio(hertz, new Resampler(audio.rateHz(), hertz).run(audio.samples()));
  }

  private short[] run(short[] in) {
    var out = new short[(int) Math.round(in.length / step)];
    for (int i = 0; i < out.length; i++) {
      double place = i * step;
      int before = (int) place;
      int phase = (int) Math.round((place - before) * phases);
      if (phase == phases) {
        phase = 0;
        before++;
      }
      out[i] = Levels.rounded(value(in, before, taps(phase)));
    }
    return out;
  }

  /// What lies before the first sample and behind the last is silence.
  private double value(short[] in, int before, double[] weights) {
    int first = before - reach + 1;
    double sum = 0;
    for (int k = Math.max(0, -first); k < weights.length && first + k < in.length; k++) {
      sum += in[first + k] * weights[k];
    }
    return sum;
  }

  private double[] taps(int phase) {
    var known = taps[phase];
    if (known == null) {
      known = weights((double) phase / phases);
      taps[phase] = known;
    }
    return known;
  }

  /// The weights for a place between two samples; they add up to one, so that a constant stays.
  private double[] weights(double fraction) {
    var out = new double[2 * reach];
    double sum = 0;
    for (int k = 0; k < out.length; k++) {
      double distance = k - reach + 1 - fraction;
      out[k] = sinc(distance * cut) * window(distance / reach);
      sum += out[k];
    }
    for (int k = 0; k < out.length; k++) {
      out[k] /= sum;
    }
    return out;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double window(double x) {
    return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
  }

  /// The modified Bessel function of the first kind, of order zero.
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= x * x / (4.0 * k * k);
      sum += term;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
