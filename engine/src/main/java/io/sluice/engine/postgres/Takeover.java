package io.sluice.engine.postgres;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides about a postmaster that an earlier process left behind: goes on with it, or stops it.
record Takeover(PostgresSettings settings, Installation installation) {
  private static final Logger log = LoggerFactory.getLogger(Takeover.class);
  private static final Duration ORDERLY = Duration.ofSeconds(60);
  private static final Duration UNRESPONSIVE = Duration.ofSeconds(1);

  /// How long nobody answers before the server counts as broken. Not the start timeout: this one
  /// should be up already.
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final int POLL_MILLIS = 50;

  /// What is running when this returns is running as asked, or nothing is.
  Optional<Running> adopt() throws InterruptedException {
    var left = Postmaster.find(installation.cluster());
    if (left.isEmpty()) {
      return Optional.empty();
    }
    var postmaster = left.get();
    var expected = expectedOf(postmaster);
    if (expected.isEmpty()) {
      log.info(
          "PostgreSQL (process {}) runs with other settings; it is restarted", postmaster.pid());
      postmaster.stop(installation, ORDERLY);
      return Optional.empty();
    }
    if (answersWell(postmaster, expected.get().port())) {
      log.info("Going on with PostgreSQL (process {}) of an earlier run", postmaster.pid());
      return Optional.of(new Running(postmaster, expected.get()));
    }
    if (postmaster.alive()) {
      postmaster.stop(installation, UNRESPONSIVE);
    }
    return Optional.empty();
  }

  /// The configuration that the server would get now, if that is the one it has, and from the same
  /// binaries.
  private Optional<ServerConfiguration> expectedOf(Postmaster postmaster) {
    var port = postmaster.port();
    if (port.isEmpty()
        || (settings.port().isPresent() && !settings.port().equals(port))
        || !postmaster.program().equals(installation.binaries().postgres())) {
      return Optional.empty();
    }
    var configuration = ServerConfiguration.of(settings, installation.directory(), port.getAsInt());
    return Optional.of(configuration)
        .filter(expected -> expected.isWrittenIn(installation.cluster()));
  }

  private boolean answersWell(Postmaster postmaster, int port) throws InterruptedException {
    var probe = new Probe(installation.superuser(port), installation.cluster());
    var silenceEnds = Deadline.in(SILENCE);
    while (postmaster.alive()) {
      switch (probe.ask()) {
        case Probe.Answer.Ready _ -> {
          return true;
        }
        case Probe.Answer.Wrong(var why) -> {
          log.warn(
              "PostgreSQL (process {}) of an earlier run is stopped: {}", postmaster.pid(), why);
          return false;
        }
        case Probe.Answer.NotYet _ -> silenceEnds = Deadline.in(settings.startTimeout());
        case Probe.Answer.Silent(var why) -> {
          if (silenceEnds.passed()) {
            log.warn(
                "PostgreSQL (process {}) of an earlier run does not answer and is stopped: {}",
                postmaster.pid(),
                why);
            return false;
          }
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
    return false;
  }
}
