package io.sluice.cli;

import io.sluice.cli.http.Api;
import io.sluice.cli.http.RunningServer;
import io.sluice.cli.http.Unreachable;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What names a server, and the server that it means.
class ServerChoice {
  private final Surroundings here;

  @Spec(Spec.Target.MIXEE)
  private @SuppressWarnings("NullAway.Init") CommandSpec command;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "the server; else SLUICE_URL, else the one that runs on --data")
  private @Nullable String server;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the data directory whose server is meant (default: data, beside the launcher)")
  private @Nullable Path data;

  ServerChoice(Surroundings here) {
    this.here = here;
  }

  /// The server that is meant.
  Api api() {
    var named = server != null ? server : here.environment().getOrDefault("SLUICE_URL", "");
    if (!named.isBlank()) {
      return new Api(url(named));
    }
    var directory = data != null ? data : here.data();
    return RunningServer.on(directory)
        .map(running -> new Api(running.url()))
        .orElseThrow(() -> new Unreachable("No server runs on " + directory, null));
  }

  private URI url(String text) {
    try {
      var url = URI.create(text.strip());
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new ParameterException(
        command.commandLine(), "'" + text + "' is no URL of a server, e.g. http://127.0.0.1:8080");
  }
}
