package io.sluice.providers;

import io.sluice.providers.audio.Levels;
import io.sluice.providers.audio.Noise;
import io.sluice.providers.audio.Resampler;
import io.sluice.providers.audio.WavReader;
import io.sluice.providers.audio.WavWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/// Sound in one channel, samples of 16 bits. Not changed once it is made.
///
/// @param rateHz samples a second
/// @param samples not to be written to
public record Audio(int rateHz, short[] samples) {
  /// What recognisers want, and what speech is kept in.
  public static final int SPEECH_HZ = 16_000;

  private static final double SECOND_NANOS = 1e9;

  /// Reads a WAV file. Sizes in its headers are not believed: streams have none to tell.
  ///
  /// @throws ProviderProblem.BadAudio if it can not be read
  public static Audio ofWav(byte[] file) {
    return WavReader.read(file);
  }

  /// Of bare samples, little-endian.
  public static Audio ofPcm(int rateHz, byte[] pcm) {
    var samples = new short[pcm.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (pcm[2 * i] & 0xff | pcm[2 * i + 1] << 8);
    }
    return new Audio(rateHz, samples);
  }

  /// The samples alone, little-endian.
  public byte[] pcm() {
    var out = new byte[samples.length * 2];
    for (int i = 0; i < samples.length; i++) {
      out[2 * i] = (byte) samples[i];
      out[2 * i + 1] = (byte) (samples[i] >> 8);
    }
    return out;
  }

  /// A WAV file.
  public byte[] wav() {
    return WavWriter.write(this);
  }

  /// How long it lasts.
  public Duration duration() {
    return Duration.ofNanos(Math.round(samples.length * SECOND_NANOS / rateHz));
  }

  /// At 16 kHz.
  public Audio forSpeech() {
    return Resampler.convert(this, SPEECH_HZ);
  }

  /// At another rate.
  public Audio at(int hertz) {
    return Resampler.convert(this, hertz);
  }

  /// With silence before and after, and noise, as a room has it.
  public Audio in(Acoustics room) {
    return Noise.apply(this, room);
  }

  /// The level of the whole, in dB below the loudest sine there can be; minus infinity for digital
  /// silence.
  public double levelDb() {
    return Levels.ofAll(samples);
  }

  /// The level of those parts in which somebody speaks.
  public double speechLevelDb() {
    return Levels.ofSpeech(samples, rateHz);
  }

  /// SHA-256 of the samples, in lower-case hex.
  public String sha256() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((rateHz + ";").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(pcm()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Audio(int hertz, short[] others)
        && hertz == rateHz
        && Arrays.equals(others, samples);
  }

  @Override
  public int hashCode() {
    return 31 * rateHz + Arrays.hashCode(samples);
  }

  @Override
  public String toString() {
    return "Audio[" + rateHz + " Hz, " + duration() + "]";
  }
}
