package io.sluice.cli;

import io.sluice.SluiceServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/// A server in this JVM. The only class here that knows Spring: it is loaded when a server is
/// started, not before.
record ServerInThisProcess(ConfigurableApplicationContext context, URI url) {
  /// Starts one. It stops, gracefully, when the JVM is told to end.
  ///
  /// @param port 0: any that is free
  /// @param more options of Spring Boot
  /// @throws Refused if it can not start for a reason that an operator can mend
  static ServerInThisProcess start(Path data, int port, List<String> more) {
    var arguments = new ArrayList<>(more);
    arguments.add("--sluice.data=" + data.toAbsolutePath().normalize());
    arguments.add("--server.port=" + port);
    arguments.add("--spring.main.log-startup-info=false");
    // What can be mended is said here in a sentence; the rest comes with its stack trace from the
    // command line.
    arguments.add("--logging.level.org.springframework.boot.SpringApplication=off");
    arguments.add(
        "--logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter=off");
    try {
      var context = SluiceServer.start(arguments.toArray(String[]::new));
      return new ServerInThisProcess(context, urlOf(context));
    } catch (RuntimeException e) {
      var sentence = sentenceFor(e);
      if (sentence != null) {
        throw new Refused(sentence);
      }
      throw e;
    }
  }

  private static URI urlOf(ConfigurableApplicationContext context) {
    var environment = context.getEnvironment();
    var address = environment.getProperty("server.address", "127.0.0.1");
    return URI.create("http://" + address + ":" + environment.getProperty("local.server.port"));
  }

  /// Those of the engine say themselves what to do.
  private static @Nullable String sentenceFor(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException taken) {
        return "Port "
            + taken.getPort()
            + " is in use; choose another with --port, or 0 for any that is free";
      }
      if (cause.getClass().getName().startsWith("io.sluice.") && cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return null;
  }

  /// Ends only with the process.
  void serve() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
