package io.sluice.engine;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/// How a node behaves. Start from [#DEFAULT] and change what differs.
///
/// @param name of the node, for people; ids are made by the engine
/// @param concurrency how many jobs of a queue this node runs at once, by queue; others get
///   `defaultConcurrency`
/// @param defaultConcurrency for queues that are not named
/// @param claimBatch how many jobs one claim takes at most
/// @param lease how long a silent worker keeps its jobs; renewed at a third of it
/// @param idlePulse how often an idle node looks after timers and dead workers; less than `lease`
/// @param grace how long a handler may go on after it was interrupted
/// @param suspects whether this node runs jobs that are suspected of killing workers
/// @param retention how long ended jobs are kept
/// @param partition the time that one partition covers
/// @param maxValueBytes the largest input, result or payload, in bytes of JSON
/// @param codec writes and reads values
/// @param telemetry is told what happens
/// @param clock for ids and for time spans inside the process; due times are PostgreSQL's
/// @param random for jitter
public record EngineSettings(
    String name,
    Map<String, Integer> concurrency,
    int defaultConcurrency,
    int claimBatch,
    Duration lease,
    Duration idlePulse,
    Duration grace,
    Suspects suspects,
    Duration retention,
    Duration partition,
    int maxValueBytes,
    Codec codec,
    Telemetry telemetry,
    InstantSource clock,
    RandomGenerator random) {

  /// What a node does with suspects.
  public enum Suspects {
    /// Runs one when it has nothing else, and nothing beside it.
    ALONE,
    /// Leaves them to others.
    NEVER,
    /// Runs nothing else.
    ONLY
  }

  /// 64 jobs of each queue at once, leases of ten seconds, thirty days of history.
  public static final EngineSettings DEFAULT =
      new EngineSettings(
          "node",
          Map.of(),
          64,
          1000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(9),
          Duration.ofSeconds(10),
          Suspects.ALONE,
          Duration.ofDays(30),
          Duration.ofDays(7),
          16 << 20,
          new JacksonCodec(),
          Telemetry.NONE,
          InstantSource.system(),
          new Random(new SecureRandom().nextLong()));

  /// Checks the numbers.
  public EngineSettings {
    concurrency = Map.copyOf(concurrency);
    if (defaultConcurrency < 1 || claimBatch < 1) {
      throw new IllegalArgumentException("concurrency and claimBatch must be at least 1");
    }
    if (lease.compareTo(Duration.ofMillis(300)) < 0 || idlePulse.compareTo(lease) >= 0) {
      throw new IllegalArgumentException(
          "a lease is at least 300 ms, and idlePulse is shorter: " + lease + ", " + idlePulse);
    }
  }

  /// Another name.
  public EngineSettings withName(String value) {
    return new EngineSettings(
        value,
        concurrency,
        defaultConcurrency,
        claimBatch,
        lease,
        idlePulse,
        grace,
        suspects,
        retention,
        partition,
        maxValueBytes,
        codec,
        telemetry,
        clock,
        random);
  }

  /// Another concurrency for all queues.
  public EngineSettings withConcurrency(int value) {
    return new EngineSettings(
        name,
        Map.of(),
        value,
        claimBatch,
        lease,
        idlePulse,
        grace,
        suspects,
        retention,
        partition,
        maxValueBytes,
        codec,
        telemetry,
        clock,
        random);
  }

  /// Another concurrency for a queue.
  public EngineSettings withConcurrency(String queue, int value) {
    var all = new java.util.HashMap<>(concurrency);
    all.put(queue, value);
    return new EngineSettings(
        name,
        all,
        defaultConcurrency,
        claimBatch,
        lease,
        idlePulse,
        grace,
        suspects,
        retention,
        partition,
        maxValueBytes,
        codec,
        telemetry,
        clock,
        random);
  }

  /// Another lease; the idle pulse becomes nine tenths of it.
  public EngineSettings withLease(Duration value) {
    return new EngineSettings(
        name,
        concurrency,
        defaultConcurrency,
        claimBatch,
        value,
        value.multipliedBy(9).dividedBy(10),
        grace,
        suspects,
        retention,
        partition,
        maxValueBytes,
        codec,
        telemetry,
        clock,
        random);
  }

  /// Another grace time.
  public EngineSettings withGrace(Duration value) {
    return new EngineSettings(
        name,
        concurrency,
        defaultConcurrency,
        claimBatch,
        lease,
        idlePulse,
        value,
        suspects,
        retention,
        partition,
        maxValueBytes,
        codec,
        telemetry,
        clock,
        random);
  }

  /// Another way with suspects.
  public EngineSettings withSuspects(Suspects value) {
    return new EngineSettings(
        name,
        concurrency,
        defaultConcurrency,
        claimBatch,
        lease,
        idlePulse,
        grace,
        value,
        retention,
        partition,
        maxValueBytes,
        codec,
        telemetry,
        clock,
        random);
  }

  /// Another retention.
  public EngineSettings withRetention(Duration value) {
    return new EngineSettings(
        name,
        concurrency,
        defaultConcurrency,
        claimBatch,
        lease,
        idlePulse,
        grace,
        suspects,
        value,
        partition,
        maxValueBytes,
        codec,
        telemetry,
        clock,
        random);
  }

  /// Another codec.
  public EngineSettings withCodec(Codec value) {
    return new EngineSettings(
        name,
        concurrency,
        defaultConcurrency,
        claimBatch,
        lease,
        idlePulse,
        grace,
        suspects,
        retention,
        partition,
        maxValueBytes,
        value,
        telemetry,
        clock,
        random);
  }

  /// Other ears.
  public EngineSettings withTelemetry(Telemetry value) {
    return new EngineSettings(
        name,
        concurrency,
        defaultConcurrency,
        claimBatch,
        lease,
        idlePulse,
        grace,
        suspects,
        retention,
        partition,
        maxValueBytes,
        codec,
        value,
        clock,
        random);
  }

  /// Another claim batch.
  public EngineSettings withClaimBatch(int value) {
    return new EngineSettings(
        name,
        concurrency,
        defaultConcurrency,
        value,
        lease,
        idlePulse,
        grace,
        suspects,
        retention,
        partition,
        maxValueBytes,
        codec,
        telemetry,
        clock,
        random);
  }

  /// Another clock.
  public EngineSettings withClock(InstantSource value) {
    return new EngineSettings(
        name,
        concurrency,
        defaultConcurrency,
        claimBatch,
        lease,
        idlePulse,
        grace,
        suspects,
        retention,
        partition,
        maxValueBytes,
        codec,
        telemetry,
        value,
        random);
  }

  /// How many jobs of a queue this node runs at once.
  public int concurrencyOf(String queue) {
    return concurrency.getOrDefault(queue, defaultConcurrency);
  }
}
