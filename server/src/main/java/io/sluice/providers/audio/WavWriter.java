package io.sluice.providers.audio;

import io.sluice.providers.Audio;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes WAV files: one channel, 16 bits, true sizes.
public final class WavWriter {
  private static final int HEADER_BYTES = 44;
  private static final int SAMPLE_BYTES = 2;

  private WavWriter() {}

  /// The file.
  public static byte[] write(Audio audio) {
    var pcm = audio.pcm();
    return ByteBuffer.allocate(HEADER_BYTES + pcm.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(tag("RIFF"))
        .putInt(HEADER_BYTES - 8 + pcm.length)
        .put(tag("WAVE"))
        .put(tag("fmt "))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(audio.rateHz())
        .putInt(audio.rateHz() * SAMPLE_BYTES)
        .putShort((short) SAMPLE_BYTES)
        .putShort((short) (8 * SAMPLE_BYTES))
        .put(tag("data"))
        .putInt(pcm.length)
        .put(pcm)
        .array();
  }

  private static byte[] tag(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
