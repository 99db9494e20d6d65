package io.sluice.platform;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Keeps Spring Boot from printing a report about what [CannotStart] says in one sentence: whoever
/// started the server prints that. Everything else is Spring Boot's to report.
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartReporter implements SpringBootExceptionReporter {
  /// Called by Spring Boot.
  ///
  /// @param context the one that failed; may be null
  StartReporter(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    return CannotStart.because(failure) != null;
  }
}
