package io.sluice.testing.run.work;

import io.sluice.engine.IdSource;
import io.sluice.testing.run.Trace;
import io.sluice.testing.run.store.StepStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/// Writes the steps of one attempt, ten at a time or what has come in a moment.
final class TraceWriter implements Trace, AutoCloseable {
  private static final int BATCH = 10;

  /// What it works with.
  record Tools(StepStore steps, IdSource ids, InstantSource clock, IntConsumer told) {}

  /// Another worker has the execution, or it has ended.
  static final class Taken extends RuntimeException {
    Taken(UUID execution) {
      super("Execution " + execution + " was cancelled, or another worker has taken it up");
    }
  }

  private final StepStore.Writer writer;
  private final Tools tools;
  private final Duration limit;
  private final Instant began;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Step> waiting = new ArrayList<>();
  private int stored;
  private boolean taken;
  private Runnable closed = () -> {};

  TraceWriter(StepStore.Writer writer, Tools tools, Duration limit) {
    this.writer = writer;
    this.tools = tools;
    this.limit = limit;
    this.began = tools.clock().instant();
  }

  void whenClosed(Runnable action) {
    closed = action;
  }

  /// When the attempt began.
  Instant began() {
    return began;
  }

  @Override
  public void add(Step step) {
    lock.lock();
    try {
      waiting.add(step);
      if (waiting.size() >= BATCH) {
        flush();
      }
      tools.told().accept(stored + waiting.size());
    } finally {
      lock.unlock();
    }
    if (taken) {
      throw new Taken(writer.execution());
    }
  }

  @Override
  public void artifact(String name, String mediaType, byte[] bytes) {
    tools
        .steps()
        .artifact(
            writer,
            new StepStore.NewArtifact(tools.ids().next(), name, mediaType, sha256(bytes), bytes));
  }

  @Override
  public Instant now() {
    return tools.clock().instant();
  }

  @Override
  public Duration left() {
    var left = limit.minus(Duration.between(began, now()));
    if (!left.isPositive()) {
      throw new TimeUp(limit);
    }
    return left;
  }

  /// What has come since the last time.
  void flushOld() {
    if (!lock.tryLock()) {
      return;
    }
    try {
      flush();
    } finally {
      lock.unlock();
    }
  }

  private void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    taken |= !tools.steps().add(writer, new StepStore.Batch(stored + 1, waiting));
    stored += waiting.size();
    waiting.clear();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      flush();
    } finally {
      lock.unlock();
      closed.run();
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
