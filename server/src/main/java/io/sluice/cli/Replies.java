package io.sluice.cli;

import io.sluice.cli.terminal.Texts;
import tools.jackson.databind.JsonNode;

/// What is said after something was done.
final class Replies {
  private Replies() {}

  /// The server's answer, or a sentence.
  static int tell(Surroundings here, ServerOptions server, JsonNode answer, String sentence) {
    if (server.json()) {
      server.print(answer);
    } else {
      here.terminal().print(Texts.harmless(sentence));
    }
    return Exit.OK;
  }
}
