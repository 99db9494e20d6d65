package io.sluice.engine.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts a postmaster and waits until it answers.
///
/// @param silence how long it may say nothing at all; a server that says it is recovering gets all
///   the time it needs, because stopping it would only make it begin again
record Launcher(Installation installation, Duration silence) {
  private static final Logger log = LoggerFactory.getLogger(Launcher.class);
  private static final Duration REPORT_EVERY = Duration.ofSeconds(3);
  private static final Duration ABANDON = Duration.ofSeconds(10);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final int POLL_MILLIS = 25;
  private static final int RETRY_MILLIS = 200;

  /// Leaves a server that answers, or none.
  Postmaster launch(ServerConfiguration configuration) throws InterruptedException {
    var patience = Deadline.in(silence);
    while (true) {
      try {
        return attempt(configuration);
      } catch (PostgresProblem.StartFailed e) {
        if (!causedByStrays(e) || patience.passed()) {
          throw e;
        }
        log.info("Processes of the last server are still there; they are stopped first");
        Strays.killChildrenIn(installation.cluster());
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private Postmaster attempt(ServerConfiguration configuration) throws InterruptedException {
    installation.directory().log().prepare(installation.user());
    configuration.write(installation.cluster(), installation.user());
    Postmaster.deleteStaleLocks(installation.cluster());
    var process = spawn();
    var up = false;
    try {
      awaitAnswer(configuration.port(), process);
      var postmaster =
          Postmaster.find(installation.cluster())
              .orElseThrow(() -> failed("PostgreSQL ended right after its start.", null));
      up = true;
      return postmaster;
    } finally {
      if (!up) {
        abandon(process);
      }
    }
  }

  /// In a session of its own, so that no Ctrl-C in our terminal and no signal to our process group
  /// reaches it.
  private Process spawn() {
    var postgres =
        List.of(installation.binaries().postgres(), "-D", installation.cluster().toString());
    var command = new ArrayList<>(List.of("setsid"));
    command.addAll(installation.user().command(postgres));
    var output =
        ProcessBuilder.Redirect.appendTo(installation.directory().log().startFile().toFile());
    try {
      return Command.quiet(command).redirectErrorStream(true).redirectOutput(output).start();
    } catch (IOException e) {
      throw failed("PostgreSQL cannot be started: is `setsid` (util-linux) installed?", e);
    }
  }

  private void awaitAnswer(int port, Process process) throws InterruptedException {
    var probe = new Probe(installation.superuser(port), installation.cluster());
    var silenceEnds = Deadline.in(silence);
    var nextReport = Deadline.in(REPORT_EVERY);
    while (true) {
      switch (probe.ask()) {
        case Probe.Answer.Ready _ -> {
          return;
        }
        case Probe.Answer.Wrong(var why) -> throw wrong(port, process, why);
        case Probe.Answer.NotYet _ -> silenceEnds = Deadline.in(silence);
        case Probe.Answer.Silent(var why) -> {
          if (silenceEnds.passed()) {
            throw failed("PostgreSQL did not answer within " + silence + ": " + why, null);
          }
        }
      }
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw ended(port);
      }
      if (nextReport.passed()) {
        log.info("Waiting for PostgreSQL: {}", installation.directory().log().lastLine());
        nextReport = Deadline.in(REPORT_EVERY);
      }
    }
  }

  private PostgresProblem ended(int port) throws InterruptedException {
    installation.directory().log().awaitEnd(LAST_WORDS);
    var problem =
        failed(
            "PostgreSQL ended at its start. Mend what the end of its log says, and start again.",
            null);
    var portTaken =
        problem.logTail().stream()
            .anyMatch(line -> line.contains("could not bind") && line.contains("in use"));
    return portTaken ? new PostgresProblem.PortTaken(port) : problem;
  }

  /// A stranger may answer in our server's place, when it got the port in the last instant: then
  /// ours ends by itself.
  private PostgresProblem wrong(int port, Process process, String why) throws InterruptedException {
    if (process.waitFor(1, TimeUnit.SECONDS)) {
      return ended(port);
    }
    return failed("PostgreSQL came up, but not as it should: " + why + ".", null);
  }

  private void abandon(Process process) {
    Postmaster.find(installation.cluster())
        .ifPresentOrElse(
            postmaster -> postmaster.stop(installation, ABANDON), process::destroyForcibly);
  }

  private PostgresProblem.StartFailed failed(String message, @Nullable Throwable cause) {
    return new PostgresProblem.StartFailed(message, installation.directory().log().tail(), cause);
  }

  private static boolean causedByStrays(PostgresProblem.StartFailed problem) {
    return problem.logTail().stream()
        .anyMatch(line -> line.contains("pre-existing shared memory block"));
  }
}
