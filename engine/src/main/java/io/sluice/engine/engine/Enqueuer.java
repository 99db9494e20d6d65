package io.sluice.engine.engine;

import io.sluice.engine.Codec;
import io.sluice.engine.EngineProblem;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.Enqueued;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobEvent;
import io.sluice.engine.JobId;
import io.sluice.engine.Jobs;
import io.sluice.engine.Kind;
import io.sluice.engine.store.Claim;
import io.sluice.engine.store.EnqueueStore;
import io.sluice.engine.store.EventStore;
import io.sluice.engine.store.WakeStore;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Puts jobs in, on a connection of the caller's, and says what to wake after the commit.
final class Enqueuer {
  private final Codec codec;
  private final IdSource ids;
  private final InstantSource clock;
  private final Wakes wakes;
  private final int maxBytes;
  private final Duration soon;

  /// @param soon a run time within this is told to others; a later one they find by themselves
  Enqueuer(
      Codec codec, IdSource ids, InstantSource clock, Wakes wakes, int maxBytes, Duration soon) {
    this.codec = codec;
    this.ids = ids;
    this.clock = clock;
    this.wakes = wakes;
    this.maxBytes = maxBytes;
    this.soon = soon;
  }

  /// @param afterCommit gets what is to be done once the transaction has committed
  Enqueued one(
      Connection c,
      Kind<?, ?> kind,
      Object input,
      EnqueueOptions options,
      Consumer<Runnable> afterCommit)
      throws SQLException {
    var id = ids.next();
    var json = encode(kind, input);
    if (options.uniqueKey() != null) {
      var holder = EnqueueStore.takeKey(c, kind, options, options.uniqueKey(), id);
      if (!holder.equals(id)) {
        return new Enqueued(new JobId(holder), false);
      }
    }
    EnqueueStore.insert(c, kind, options, null, List.of(id), List.of(json));
    afterCommit.accept(() -> entered(kind, options));
    return new Enqueued(new JobId(id), true);
  }

  List<JobId> many(
      Connection c,
      Kind<?, ?> kind,
      List<?> inputs,
      EnqueueOptions options,
      Consumer<Runnable> afterCommit)
      throws SQLException {
    if (options.uniqueKey() != null) {
      throw new EngineProblem.Misuse(
          "Many jobs can not share a unique key; enqueue them one by one, each with its own");
    }
    if (inputs.isEmpty()) {
      return List.of();
    }
    return insert(
        c, kind, inputs.stream().map(i -> encode(kind, i)).toList(), options, null, afterCommit);
  }

  List<JobId> children(
      Connection c,
      JobId parent,
      String group,
      Kind<?, ?> kind,
      List<String> inputs,
      EnqueueOptions options,
      Consumer<Runnable> afterCommit)
      throws SQLException {
    if (options.uniqueKey() != null) {
      throw new EngineProblem.Misuse(
          "Children can not share a unique key; the group is idempotent");
    }
    if (inputs.isEmpty()) {
      return List.of();
    }
    var of = new EnqueueStore.Parent(parent.value(), group);
    return insert(c, kind, inputs, options, of, afterCommit);
  }

  /// As above, for a parent that may not run here, or not yet.
  List<JobId> family(
      Connection c,
      Jobs.Family family,
      Kind<?, ?> kind,
      List<?> inputs,
      EnqueueOptions options,
      Consumer<Runnable> afterCommit)
      throws SQLException {
    if (!WakeStore.lockParent(c, family.parent())) {
      throw new EngineProblem.Misuse(
          "Job " + family.parent() + " has ended, or was never there: it can not have children");
    }
    WakeStore.makeGroup(c, family.parent(), family.group(), inputs.size());
    var encoded = inputs.stream().map(i -> encode(kind, i)).toList();
    return children(c, family.parent(), family.group(), kind, encoded, options, afterCommit);
  }

  private List<JobId> insert(
      Connection c,
      Kind<?, ?> kind,
      List<String> inputs,
      EnqueueOptions options,
      EnqueueStore.@Nullable Parent parent,
      Consumer<Runnable> afterCommit)
      throws SQLException {
    var made = new ArrayList<UUID>(inputs.size());
    inputs.forEach(_ -> made.add(ids.next()));
    EnqueueStore.insert(c, kind, options, parent, made, inputs);
    afterCommit.accept(() -> entered(kind, options));
    return made.stream().map(JobId::new).toList();
  }

  /// What is to be woken when such a job has come.
  private void entered(Kind<?, ?> kind, EnqueueOptions options) {
    var key = EnqueueStore.limitKey(kind, options);
    var at = options.runAt();
    if (at != null && at.isAfter(clock.instant())) {
      wakes.timer(at, at.isBefore(clock.instant().plus(soon)));
    } else if (key != null) {
      wakes.admit(key);
    } else {
      wakes.queue(EnqueueStore.queueOf(kind, options));
    }
  }

  private String encode(Kind<?, ?> kind, Object input) {
    var json = codec.encode(input);
    if (json.length() > maxBytes / 4 && json.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      throw new EngineProblem.BadInput(
          "The input of a '"
              + kind.name()
              + "' job has more than "
              + maxBytes
              + " bytes; store the goods and enqueue a receipt");
    }
    return json;
  }

  EventStore.Entry entry(Claim claim, JobEvent event, Codec by) {
    return new EventStore.Entry(
        claim,
        ids.next(),
        event.subject(),
        event.type(),
        event.severity().sql(),
        event.code(),
        by.encode(event.payload()));
  }

  /// When a time is near enough to be told.
  Instant horizon() {
    return clock.instant().plus(soon);
  }
}
