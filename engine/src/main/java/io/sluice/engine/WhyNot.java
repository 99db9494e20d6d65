package io.sluice.engine;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Why a job is not running. See [Operations#explain].
public sealed interface WhyNot {
  /// In words, with what to do where there is something.
  String text();

  /// It is running.
  record Running(UUID worker, @Nullable Instant since, @Nullable Instant leaseUntil)
      implements WhyNot {
    @Override
    public String text() {
      return "It is running on worker "
          + worker
          + " since "
          + since
          + "; the lease is good until "
          + leaseUntil;
    }
  }

  /// It has ended.
  record Ended(JobState state, @Nullable Instant at) implements WhyNot {
    @Override
    public String text() {
      return "It ended at " + at + ": " + state.sql();
    }
  }

  /// It is held until a time.
  record Timer(Instant until, String reason) implements WhyNot {
    @Override
    public String text() {
      return "It waits until " + until + ": " + reason;
    }
  }

  /// It waits for a signal, a person or its children.
  record Event(String reason) implements WhyNot {
    @Override
    public String text() {
      return "It waits: " + reason;
    }
  }

  /// Its queue is paused.
  record QueuePaused(String queue, String by) implements WhyNot {
    @Override
    public String text() {
      return "Queue '" + queue + "' was paused by " + by + "; resume the queue";
    }
  }

  /// Its limit has no slot.
  record LimitFull(String key, int running, int max) implements WhyNot {
    @Override
    public String text() {
      return "Limit '"
          + key
          + "' allows "
          + max
          + " at once, and "
          + running
          + " are ready or working";
    }
  }

  /// Its rate limit lets it in later.
  record RateLimited(String key, Instant next) implements WhyNot {
    @Override
    public String text() {
      return "Rate limit '" + key + "' admits the next job at " + next;
    }
  }

  /// No living worker knows its kind, or serves its queue.
  record NoWorker(String kind, String queue) implements WhyNot {
    @Override
    public String text() {
      return "No living worker serves queue '"
          + queue
          + "' and knows kind '"
          + kind
          + "'; start one that does";
    }
  }

  /// It is suspected of killing workers and waits to run alone.
  record Suspect(int crashes) implements WhyNot {
    @Override
    public String text() {
      return "It was running in "
          + crashes
          + " crashes and waits for a worker that runs nothing beside it";
    }
  }

  /// Others are before it.
  record Behind(long jobs) implements WhyNot {
    @Override
    public String text() {
      return jobs == 0
          ? "It is next in its queue"
          : jobs + " ready jobs of its queue are before it";
    }
  }
}
