package io.sluice.testing.assistants.houndify;

import io.sluice.guard.StreamedOutbound.Writing;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Writes audio in pieces of a tenth of a second, until it is all sent or the other side has heard
/// enough.
final class AudioStream implements Writing {
  private static final int PIECES_A_SECOND = 10;

  private final byte[] prefix;
  private final byte[] wav;
  private final Pacing pacing;
  private final BooleanSupplier enough;
  private final AtomicLong sent = new AtomicLong();

  /// @param prefix what stands before the audio
  AudioStream(byte[] prefix, byte[] wav, Pacing pacing, BooleanSupplier enough) {
    this.prefix = prefix;
    this.wav = wav;
    this.pacing = pacing;
    this.enough = enough;
  }

  /// How fast it goes.
  ///
  /// @param realTime false: as fast as it can
  record Pacing(boolean realTime, int bytesASecond, Pace pace) {}

  @Override
  public void to(OutputStream out) throws IOException, InterruptedException {
    long began = System.nanoTime();
    out.write(prefix, 0, prefix.length);
    int piece = pacing.bytesASecond() / PIECES_A_SECOND;
    for (int at = 0; at < wav.length && !enough.getAsBoolean(); at += piece) {
      if (pacing.realTime()) {
        long nanos = (long) at * Duration.ofSeconds(1).toNanos() / pacing.bytesASecond();
        pacing.pace().until(began, Duration.ofNanos(nanos));
      }
      out.write(wav, at, Math.min(piece, wav.length - at));
      out.flush();
    }
    sent.set(System.nanoTime());
  }

  /// How long ago it ended, as of [System#nanoTime]; zero while it has not.
  Duration since(long now) {
    long end = sent.get();
    return end == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - end));
  }
}
