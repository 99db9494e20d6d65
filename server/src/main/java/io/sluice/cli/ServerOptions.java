package io.sluice.cli;

import io.sluice.cli.http.Json;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// What nearly every command that asks a server takes: which one, and how it is answered.
final class ServerOptions extends ServerChoice {
  private final Surroundings here;

  @Mixin private final OutputOption output = new OutputOption();

  ServerOptions(Surroundings here) {
    super(here);
    this.here = here;
  }

  /// Whether stdout is to be JSON.
  boolean json() {
    return output.json();
  }

  /// Writes JSON to stdout.
  void print(JsonNode node) {
    here.terminal().print(Json.write(node));
  }
}
