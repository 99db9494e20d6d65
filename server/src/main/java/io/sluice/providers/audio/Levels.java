package io.sluice.providers.audio;

/// Levels in dB below full scale, by the mean square; a sine that just fits has -3.
public final class Levels {
  private static final double FULL = 32_768;
  private static final int FRAMES_A_SECOND = 50;

  /// What is that much quieter than the loudest frame is a pause.
  private static final double PAUSE_DB = 30;

  private Levels() {}

  /// Of all samples.
  public static double ofAll(short[] samples) {
    return db(power(samples, 0, samples.length));
  }

  /// Of the frames of 20 ms in which somebody speaks.
  public static double ofSpeech(short[] samples, int rateHz) {
    return db(speechPower(samples, rateHz));
  }

  /// The mean square of the frames in which somebody speaks; full scale is 1.
  static double speechPower(short[] samples, int rateHz) {
    int frame = Math.max(1, rateHz / FRAMES_A_SECOND);
    double loudest = 0;
    for (int at = 0; at < samples.length; at += frame) {
      loudest = Math.max(loudest, power(samples, at, Math.min(samples.length, at + frame)));
    }
    double least = loudest * Math.pow(10, -PAUSE_DB / 10);
    double sum = 0;
    int counted = 0;
    for (int at = 0; at < samples.length; at += frame) {
      double power = power(samples, at, Math.min(samples.length, at + frame));
      if (power >= least) {
        sum += power;
        counted++;
      }
    }
    return counted == 0 ? 0 : sum / counted;
  }

  private static double power(short[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double value = samples[i] / FULL;
      sum += value * value;
    }
    return to > from ? sum / (to - from) : 0;
  }

  private static double db(double power) {
    return 10 * Math.log10(power);
  }

  /// The nearest sample; what does not fit is cut.
  static short rounded(double value) {
    return (short) Math.round(Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE));
  }
}
