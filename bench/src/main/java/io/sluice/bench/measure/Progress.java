package io.sluice.bench.measure;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Says on stderr what is going on, and every ten seconds that it still is.
public final class Progress implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final Duration REMINDER = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final ScheduledExecutorService reminder =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());
  private volatile String activity = "starting";
  private volatile long sinceNanos = System.nanoTime();

  public Progress(InstantSource clock) {
    this.clock = clock;
    var unused =
        reminder.scheduleAtFixedRate(
            this::remind, REMINDER.toMillis(), 1000, TimeUnit.MILLISECONDS);
  }

  /// A result or a remark.
  public void say(String line) {
    System.err.println("[" + TIME.format(clock.instant()) + "] " + line);
  }

  /// What begins now.
  public void begin(String next) {
    activity = next;
    sinceNanos = System.nanoTime();
  }

  private void remind() {
    var seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos);
    if (seconds > 0 && seconds % REMINDER.toSeconds() == 0) {
      say("  … " + activity + ", for " + seconds + " s");
    }
  }

  @Override
  public void close() {
    reminder.shutdownNow();
  }
}
