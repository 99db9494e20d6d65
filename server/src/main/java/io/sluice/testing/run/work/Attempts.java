package io.sluice.testing.run.work;

import io.sluice.engine.PermanentFailure;
import io.sluice.engine.TransientFailure;
import io.sluice.guard.NotNow;
import io.sluice.platform.Problem;
import io.sluice.platform.Secrets;
import io.sluice.testing.CaseType;
import io.sluice.testing.run.DurableRunner;
import io.sluice.testing.run.ExecutionPlan;
import io.sluice.testing.run.ExecutionStatus;
import io.sluice.testing.run.Outcome;
import io.sluice.testing.run.Runner;
import io.sluice.testing.run.Runner.CaseError;
import io.sluice.testing.run.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Makes attempts: finds the runner, lets it run, and says in one way what came of it.
@Component
class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /// What is missing, by the code that says so.
  private static final Map<String, String> LACKING =
      Map.of("NO_BROWSER", "browser", "SPEECH_NOT_INSTALLED", "speech", "NO_VOICE", "speech");

  private final ObjectProvider<Runner> runners;
  private final Traces traces;
  private final Secrets secrets;

  Attempts(ObjectProvider<Runner> runners, Traces traces, Secrets secrets) {
    this.runners = runners;
    this.traces = traces;
    this.secrets = secrets;
  }

  /// How an attempt ended.
  ///
  /// @param status `COMPLETED`, `FAILED` or `TIMED_OUT`
  /// @param result plain JSON, with what was observed as `observation`
  /// @param observed whether there is anything to validate
  record End(
      int attempt,
      ExecutionStatus status,
      Outcome outcome,
      @Nullable String code,
      @Nullable String error,
      @Nullable String detail,
      Map<String, @Nullable Object> result,
      boolean observed,
      Instant startedAt,
      int tookMs) {
    boolean good() {
      return outcome == Outcome.PASSED || outcome == Outcome.SKIPPED;
    }
  }

  private @Nullable Runner runner(CaseType type) {
    return runners.stream().filter(r -> r.type() == type).findFirst().orElse(null);
  }

  /// How many attempts there may be.
  int most(ExecutionPlan plan) {
    var runner = runner(plan.test().type());
    return runner == null || !runner.repeats() ? 1 : plan.settings().retries().attempts();
  }

  /// How many steps it will take.
  int estimate(ExecutionPlan plan) {
    var runner = runner(plan.test().type());
    return runner == null ? 0 : runner.estimate(plan);
  }

  /// Makes an attempt, once.
  ///
  /// @throws NotNow if it can not be made now
  End make(ExecutionPlan plan, Ground ground) throws Exception {
    var name = "attempt-" + plan.attempt();
    var runner = runner(plan.test().type());
    if (runner instanceof DurableRunner durable && ground instanceof Ground.Job job) {
      return traced(plan, ground, trace -> durable.run(plan, trace, job.job()));
    }
    var limit = plan.settings().timeout();
    Callable<End> body = () -> traced(plan, ground, trace -> run(runner, plan, trace));
    try {
      return ground.step(name, End.class, limit, body);
    } catch (TransientFailure e) {
      if (e.code().equals("STEP_TIMEOUT")) {
        return timedOut(plan, limit);
      }
      throw e;
    }
  }

  private static Runner.Result run(@Nullable Runner runner, ExecutionPlan plan, Trace trace)
      throws Exception {
    if (runner == null) {
      throw new CaseError(
          "NO_RUNNER",
          "There is no runner for cases of type '" + plan.test().type().sql() + "'",
          null);
    }
    return runner.run(plan, trace);
  }

  /// What is run under a trace.
  private interface Traced {
    Runner.Result run(Trace trace) throws Exception;
  }

  private End traced(ExecutionPlan plan, Ground ground, Traced body) throws Exception {
    int estimate = estimate(plan);
    try (var trace = traces.open(plan, done -> ground.progress(done, estimate))) {
      return ended(plan, trace, body);
    }
  }

  private End ended(ExecutionPlan plan, TraceWriter trace, Traced body) throws Exception {
    var at = new Clocked(plan, trace);
    try {
      return at.of(body.run(trace));
    } catch (NotNow | TraceWriter.Taken | InterruptedException e) {
      throw e;
    } catch (Trace.TimeUp e) {
      return at.failed(ExecutionStatus.TIMED_OUT, "TIMED_OUT", text(e), null);
    } catch (CaseError e) {
      return expectedToLack(plan, e.code())
          ? at.of(Runner.Result.skipped(text(e)))
          : at.failed(ExecutionStatus.FAILED, e.code(), text(e), e.detail());
    } catch (Problem e) {
      if (expectedToLack(plan, e.code())) {
        return at.of(Runner.Result.skipped(text(e)));
      }
      return at.failed(ExecutionStatus.FAILED, e.code(), text(e), e.faults().toString());
    } catch (TransientFailure e) {
      return at.failed(ExecutionStatus.FAILED, e.code(), text(e), null);
    } catch (PermanentFailure e) {
      return at.failed(ExecutionStatus.FAILED, e.code(), text(e), null);
    } catch (RuntimeException e) {
      LOG.warn("execution {} failed unexpectedly", plan.ids().execution(), e);
      return at.failed(
          ExecutionStatus.FAILED,
          "RUNNER_FAILED",
          "The runner failed unexpectedly; the server's log has the details",
          e.getMessage());
    }
  }

  /// Whether the case says that it is only tried where something is, and it is not.
  private static boolean expectedToLack(ExecutionPlan plan, String code) {
    var lacking = LACKING.get(code);
    return lacking != null && plan.test().needs().contains(lacking);
  }

  private String text(Exception e) {
    return secrets.redact(String.valueOf(e.getMessage()));
  }

  private static End timedOut(ExecutionPlan plan, Duration limit) {
    return new End(
        plan.attempt(),
        ExecutionStatus.TIMED_OUT,
        Outcome.ERROR,
        "TIMED_OUT",
        "It took longer than " + limit.toSeconds() + " s",
        null,
        Map.of(),
        false,
        Instant.EPOCH,
        (int) limit.toMillis());
  }

  /// Ends of an attempt, with the time that it took.
  private final class Clocked {
    private final ExecutionPlan plan;
    private final TraceWriter trace;

    Clocked(ExecutionPlan plan, TraceWriter trace) {
      this.plan = plan;
      this.trace = trace;
    }

    End of(Runner.Result result) {
      var kept = new LinkedHashMap<String, @Nullable Object>(result.result());
      kept.put("vars", result.vars());
      if (result.observed() != null) {
        kept.put("observation", result.observed().document());
      }
      return new End(
          plan.attempt(),
          ExecutionStatus.COMPLETED,
          result.outcome(),
          result.outcome() == Outcome.FAILED ? "ASSERTION_FAILED" : null,
          redacted(result.error()),
          redacted(result.detail()),
          plain(kept),
          result.observed() != null,
          trace.began(),
          took());
    }

    End failed(ExecutionStatus status, String code, String error, @Nullable String detail) {
      return new End(
          plan.attempt(),
          status,
          Outcome.ERROR,
          code,
          error,
          redacted(detail),
          Map.of(),
          false,
          trace.began(),
          took());
    }

    private int took() {
      return (int) Duration.between(trace.began(), trace.now()).toMillis();
    }

    private @Nullable String redacted(@Nullable String text) {
      return text == null ? null : secrets.redact(text);
    }

    @SuppressWarnings("unchecked") // a map stays one
    private Map<String, @Nullable Object> plain(Map<String, @Nullable Object> kept) {
      return (Map<String, @Nullable Object>)
          java.util.Objects.requireNonNull(secrets.redact((Object) kept));
    }
  }
}
