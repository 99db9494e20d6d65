package io.sluice.platform;

import io.sluice.engine.EngineProblem;
import io.sluice.engine.postgres.PostgresProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// The server does not come up for a reason that an operator can mend. The message is one sentence
/// for the operator: what is wrong and what to do. Nothing else is printed, no stack trace.
public final class CannotStart extends RuntimeException {
  /// What the process exits with.
  public static final int EXIT_CODE = 3;

  /// Says what is wrong and what to do.
  public CannotStart(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /// Finds such a reason among the causes of a failure.
  ///
  /// @return null: the failure is a defect, and its stack trace is wanted
  public static @Nullable CannotStart because(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CannotStart known -> {
          return known;
        }
        case PostgresProblem problem -> {
          return new CannotStart(String.valueOf(problem.getMessage()), failure);
        }
        case EngineProblem.WrongSchema problem -> {
          return new CannotStart(String.valueOf(problem.getMessage()), failure);
        }
        case PortInUseException taken -> {
          return new CannotStart(
              "Port "
                  + taken.getPort()
                  + " is in use by another program. Stop that program, or choose another port.",
              failure);
        }
        default -> {}
      }
    }
    return null;
  }

  /// Keeps Spring Boot from printing a report about what is said in one sentence: whoever started
  /// the server prints that. Everything else is Spring Boot's to report. Made by Spring Boot, which
  /// finds it in `META-INF/spring.factories`.
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static final class Reporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
      return because(failure) != null;
    }
  }
}
