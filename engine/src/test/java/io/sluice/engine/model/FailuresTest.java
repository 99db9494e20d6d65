package io.sluice.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.TransientFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final RetryPolicy THREE = RetryPolicy.fixed(3, Duration.ofSeconds(1));

  private static Verdict judge(Throwable failure, int before) {
    return Failures.judge(
        failure,
        before,
        THREE,
        e -> e instanceof ArithmeticException,
        Instant.EPOCH,
        new Random(1));
  }

  @Test
  void whatNoRetryCanMendIsGivenUpAtOnce() {
    for (var failure :
        new Throwable[] {
          new PermanentFailure("X", "x"),
          new EngineProblem.Misuse("x"),
          new NoClassDefFoundError("x"),
          new StackOverflowError(),
          new FileNotFoundException("x"),
          new ArithmeticException("the kind says so")
        }) {
      assertThat(judge(failure, 0)).as("%s", failure).isInstanceOf(Verdict.GiveUp.class);
      assertThat(judge(failure, 0).error().permanent()).isTrue();
    }
  }

  @Test
  void whatMayPassIsTriedAgainUntilTheLastAttempt() {
    for (var failure :
        new Throwable[] {
          new TransientFailure("x", "x"),
          new EngineProblem.Database("x", new SQLException()),
          new IOException("x"),
          new OutOfMemoryError(),
          new IllegalStateException()
        }) {
      assertThat(judge(failure, 1)).as("%s", failure).isInstanceOf(Verdict.Retry.class);
      assertThat(judge(failure, 2)).as("%s", failure).isInstanceOf(Verdict.GiveUp.class);
    }
  }

  @Test
  void aDelayThatTheOtherSideAskedForIsTheLeast() {
    var asked = new TransientFailure("x", "x", null, Duration.ofMinutes(1));
    assertThat(((Verdict.Retry) judge(asked, 0)).delay()).isEqualTo(Duration.ofMinutes(1));
    var less = new TransientFailure("x", "x", null, Duration.ofMillis(1));
    assertThat(((Verdict.Retry) judge(less, 0)).delay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aliasesOfOneCauseAreGroupedTogether() {
    var one = judge(new IOException("no file 'a.pdf' after 17 ms"), 2).error();
    var other = judge(new IOException("no file 'b.pdf' after 3 ms"), 2).error();
    assertThat(Failures.cause(one)).isEqualTo(Failures.cause(other)).startsWith("io: no file");
  }

  @Test
  void whatIsStoredHoldsNoNul() {
    var error = judge(new TransientFailure("a\u0000b", "c\u0000d"), 0).error();
    assertThat(error.errorType() + error.message()).isEqualTo("abcd");
  }
}
