package io.sluice.providers.audio;

import io.sluice.providers.Audio;
import io.sluice.providers.ProviderProblem.BadAudio;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads WAV files as they are found: sizes that are zero, all ones or beyond the end of the file
/// are those of a stream whose writer did not know them, and mean the rest of the file.
public final class WavReader {
  private static final int RIFF_BYTES = 12;
  private static final int CHUNK_BYTES = 8;
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xfffe;
  private static final int LEAST_HZ = 8_000;
  private static final int MOST_HZ = 48_000;

  private final ByteBuffer file;
  private @Nullable Format format;

  private WavReader(byte[] bytes) {
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// How samples are written.
  private record Format(boolean floating, int channels, int rateHz, int bytes) {}

  /// Reads a file.
  ///
  /// @throws BadAudio if it can not be read
  public static Audio read(byte[] bytes) {
    return new WavReader(bytes).read();
  }

  private Audio read() {
    if (file.limit() < RIFF_BYTES || !tag(0).equals("RIFF") || !tag(8).equals("WAVE")) {
      throw new BadAudio("This is no WAV file");
    }
    int at = RIFF_BYTES;
    while (at + CHUNK_BYTES <= file.limit()) {
      var name = tag(at);
      int rest = file.limit() - at - CHUNK_BYTES;
      long said = Integer.toUnsignedLong(file.getInt(at + 4));
      if (name.equals("data")) {
        return samples(at + CHUNK_BYTES, said == 0 || said > rest ? rest : (int) said);
      }
      if (said > rest) {
        break;
      }
      if (name.equals("fmt ")) {
        format = format(at + CHUNK_BYTES, (int) said);
      }
      at += CHUNK_BYTES + (int) said + (int) (said & 1);
    }
    throw new BadAudio("The WAV file has no samples in it");
  }

  private String tag(int at) {
    var bytes = new byte[4];
    file.get(at, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private Format format(int at, int size) {
    if (size < 16) {
      throw new BadAudio("The WAV file's format is cut off");
    }
    int kind = Short.toUnsignedInt(file.getShort(at));
    if (kind == EXTENSIBLE && size >= 26) {
      kind = Short.toUnsignedInt(file.getShort(at + 24));
    }
    int channels = Short.toUnsignedInt(file.getShort(at + 2));
    int rate = file.getInt(at + 4);
    int bits = Short.toUnsignedInt(file.getShort(at + 14));
    boolean known =
        kind == PCM
            ? bits == 8 || bits == 16 || bits == 24 || bits == 32
            : kind == FLOAT && (bits == 32 || bits == 64);
    if (!known || channels < 1 || channels > 2 || rate < LEAST_HZ || rate > MOST_HZ) {
      throw new BadAudio(
          "The WAV file has format %d, %d Hz, %d channels of %d bits"
              .formatted(kind, rate, channels, bits));
    }
    return new Format(kind == FLOAT, channels, rate, bits / 8);
  }

  /// Channels are averaged.
  private Audio samples(int at, int size) {
    var how = format;
    if (how == null) {
      throw new BadAudio("The WAV file does not say how its samples are written");
    }
    int frame = how.bytes() * how.channels();
    var out = new short[size / frame];
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int c = 0; c < how.channels(); c++) {
        sum += sample(at + i * frame + c * how.bytes(), how);
      }
      out[i] = Levels.rounded(sum / how.channels());
    }
    return new Audio(how.rateHz(), out);
  }

  /// In the range of 16 bits.
  private double sample(int at, Format how) {
    if (how.floating()) {
      return (how.bytes() == 4 ? file.getFloat(at) : file.getDouble(at)) * -Short.MIN_VALUE;
    }
    return switch (how.bytes()) {
      case 1 -> (Byte.toUnsignedInt(file.get(at)) - 128) * 256;
      case 2 -> file.getShort(at);
      case 3 -> (file.getShort(at + 1) << 8 | Byte.toUnsignedInt(file.get(at))) / 256.0;
      default -> file.getInt(at) / 65_536.0;
    };
  }
}
