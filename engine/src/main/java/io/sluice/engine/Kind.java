package io.sluice.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a job does, in name and types: declared once, used by those who enqueue and those who
/// handle.
///
/// @param name stable and unique, e.g. `document.ingest`
/// @param input the input's type, as the codec reads it
/// @param output the result's type; [Void] for none
/// @param queue where its jobs wait
/// @param version of the handler; raise it with [JobContext#changed] when its steps change
/// @param priority of its jobs unless the enqueue says otherwise; lower is more urgent
/// @param retry attempts of a job
/// @param attemptTimeout the time limit of one run of the handler between parks
/// @param deadline the time limit of the whole, from the enqueue; null: none
/// @param stages the step names, in order, that show as `stage` and announce themselves when
///   recorded
/// @param limit holds on all nodes; null: none
/// @param permanent which exceptions, besides [PermanentFailure], no retry can mend
/// @param <I> the input
/// @param <O> the output
public record Kind<I, O extends @Nullable Object>(
    String name,
    Class<I> input,
    Class<O> output,
    String queue,
    int version,
    int priority,
    RetryPolicy retry,
    Duration attemptTimeout,
    @Nullable Duration deadline,
    List<String> stages,
    @Nullable LimitRule limit,
    Predicate<Throwable> permanent) {

  /// A kind with the defaults: queue `default`, five attempts, an hour an attempt.
  public static <I, O extends @Nullable Object> Kind<I, O> of(
      String name, Class<I> input, Class<O> output) {
    return new Kind<>(
        name,
        input,
        output,
        "default",
        1,
        0,
        RetryPolicy.DEFAULT,
        Duration.ofHours(1),
        null,
        List.of(),
        null,
        failure -> false);
  }

  /// In another queue.
  public Kind<I, O> inQueue(String value) {
    return new Kind<>(
        name,
        input,
        output,
        value,
        version,
        priority,
        retry,
        attemptTimeout,
        deadline,
        stages,
        limit,
        permanent);
  }

  /// With another handler version.
  public Kind<I, O> withVersion(int value) {
    return new Kind<>(
        name,
        input,
        output,
        queue,
        value,
        priority,
        retry,
        attemptTimeout,
        deadline,
        stages,
        limit,
        permanent);
  }

  /// With another priority.
  public Kind<I, O> withPriority(int value) {
    return new Kind<>(
        name,
        input,
        output,
        queue,
        version,
        value,
        retry,
        attemptTimeout,
        deadline,
        stages,
        limit,
        permanent);
  }

  /// With another retry policy.
  public Kind<I, O> withRetry(RetryPolicy value) {
    return new Kind<>(
        name,
        input,
        output,
        queue,
        version,
        priority,
        value,
        attemptTimeout,
        deadline,
        stages,
        limit,
        permanent);
  }

  /// With another time limit an attempt.
  public Kind<I, O> withAttemptTimeout(Duration value) {
    return new Kind<>(
        name, input, output, queue, version, priority, retry, value, deadline, stages, limit,
        permanent);
  }

  /// With a time limit for the whole.
  public Kind<I, O> withDeadline(Duration value) {
    return new Kind<>(
        name,
        input,
        output,
        queue,
        version,
        priority,
        retry,
        attemptTimeout,
        value,
        stages,
        limit,
        permanent);
  }

  /// With stages.
  public Kind<I, O> withStages(String... value) {
    return new Kind<>(
        name,
        input,
        output,
        queue,
        version,
        priority,
        retry,
        attemptTimeout,
        deadline,
        List.of(value),
        limit,
        permanent);
  }

  /// With a limit.
  public Kind<I, O> withLimit(LimitRule value) {
    return new Kind<>(
        name,
        input,
        output,
        queue,
        version,
        priority,
        retry,
        attemptTimeout,
        deadline,
        stages,
        value,
        permanent);
  }

  /// With more exceptions that no retry can mend.
  public Kind<I, O> permanentWhen(Predicate<Throwable> value) {
    return new Kind<>(
        name,
        input,
        output,
        queue,
        version,
        priority,
        retry,
        attemptTimeout,
        deadline,
        stages,
        limit,
        permanent.or(value));
  }
}
