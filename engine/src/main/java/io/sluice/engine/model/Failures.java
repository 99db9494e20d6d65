package io.sluice.engine.model;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.JobError;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.StepFailed;
import io.sluice.engine.TransientFailure;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads exceptions: what to call them, whether a retry can mend them, which are alike.
public final class Failures {
  private static final int FRAMES = 12;
  private static final int MESSAGE_LIMIT = 2_000;
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern VARIABLE =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|0x[0-9a-fA-F]+|\\d+|'[^']{0,200}'|\"[^\"]{0,200}\"");

  private Failures() {}

  /// What becomes of a job after this failure.
  ///
  /// @param failuresBefore attempts that had failed before
  /// @param permanent what the kind calls permanent
  public static Verdict judge(
      Throwable failure,
      int failuresBefore,
      RetryPolicy policy,
      Predicate<Throwable> permanent,
      Instant now,
      RandomGenerator random) {
    boolean hopeless = isPermanent(failure, permanent);
    var error = describe(failure, failuresBefore, hopeless, now);
    if (hopeless) {
      return new Verdict.GiveUp(error, "no retry can mend " + error.errorType());
    }
    int failures = failuresBefore + 1;
    if (failures >= policy.maxAttempts()) {
      return new Verdict.GiveUp(
          error, "attempt " + failures + " of " + policy.maxAttempts() + " failed");
    }
    var delay = Backoff.after(policy, failures, random);
    if (failure instanceof TransientFailure t && t.retryAfter().isPresent()) {
      delay = max(delay, t.retryAfter().get());
    }
    return new Verdict.Retry(error, delay);
  }

  /// Whether no retry can mend it.
  public static boolean isPermanent(Throwable failure, Predicate<Throwable> permanent) {
    return switch (failure) {
      case PermanentFailure _ -> true;
      case TransientFailure _ -> false;
      case EngineProblem problem -> !problem.retryable();
      case LinkageError _ -> true;
      case StackOverflowError _ -> true;
      case FileNotFoundException _ -> true;
      default -> permanent.test(failure);
    };
  }

  /// The failure as it is stored.
  public static JobError describe(
      Throwable failure, int failuresBefore, boolean permanent, Instant now) {
    var step = failure instanceof StepFailed failed ? failed.step() : null;
    return new JobError(
        code(failure), message(failure), now, failuresBefore, permanent, step, frames(failure));
  }

  /// A stable code: the failure's own, or its class name in snake case.
  public static String code(Throwable failure) {
    return storable(codeOf(failure));
  }

  private static String codeOf(Throwable failure) {
    return switch (failure) {
      case PermanentFailure p -> p.code();
      case TransientFailure t -> t.code();
      case EngineProblem p -> p.code();
      default -> {
        var name = failure.getClass().getSimpleName();
        var bare = name.replaceFirst("(Exception|Error)$", "");
        yield HUMP.matcher(bare.isEmpty() ? name : bare).replaceAll("_").toLowerCase(Locale.ROOT);
      }
    };
  }

  /// What dead letters are grouped by: the code, and the message without its numbers, ids and
  /// quotations.
  public static String cause(JobError error) {
    var like = VARIABLE.matcher(error.message()).replaceAll("…");
    var cut = like.length() > 160 ? like.substring(0, 160) : like;
    return error.errorType() + ": " + cut;
  }

  private static String message(Throwable failure) {
    var text = failure.getMessage();
    var said = text == null || text.isBlank() ? code(failure) : storable(text);
    return said.length() > MESSAGE_LIMIT ? said.substring(0, MESSAGE_LIMIT) + "…" : said;
  }

  /// PostgreSQL stores no NUL.
  private static String storable(String text) {
    return text.replace("\u0000", "");
  }

  private static String frames(Throwable failure) {
    var out = new StringBuilder();
    @Nullable Throwable current = failure;
    for (int depth = 0; current != null && depth < 4; depth++) {
      out.append(depth == 0 ? "" : "\ncaused by ").append(current.getClass().getName());
      var stack = current.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
        out.append("\n  at ").append(stack[i]);
      }
      current = current.getCause();
    }
    return out.toString();
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
