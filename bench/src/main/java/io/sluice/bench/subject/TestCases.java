package io.sluice.bench.subject;

/// The cases that are carried out, with a row of data for each execution.
final class TestCases {
  private TestCases() {}

  static String shop(Target target, int rows) {
    var yaml = new StringBuilder("name: shop " + rows + "\ntype: http\nsteps:\n");
    for (int i = 0; i < WithTests.REQUESTS; i++) {
      yaml.append(
          "  - {name: look %d, url: \"%s\", expect: {status: 200, jsonPath: {\"$.ok\": true}}}\n"
              .formatted(i, target.url("/shop/" + i + "?n=${row.n}")));
    }
    return yaml.append(parameters(rows)).toString();
  }

  static String gate(Target target, int rows) {
    return """
    name: gate %d
    type: http
    timeout: PT5M
    steps: [{name: wait, url: "%s", timeout: PT5M}]
    """
            .formatted(rows, target.url("/gate?n=${row.n}"))
        + parameters(rows);
  }

  static String voice(int rows) {
    return """
    name: kitchen light %d
    type: voice
    languages:
      en-US:
        utterance: turn on the kitchen light
        expect: {intent: lights.on, entities: {room: kitchen}, reply: "Okay, the kitchen light is on."}
    """
            .formatted(rows)
        + parameters(rows);
  }

  private static String parameters(int rows) {
    var yaml = new StringBuilder("parameters:\n");
    for (int i = 0; i < rows; i++) {
      yaml.append("  - {n: ").append(i).append("}\n");
    }
    return yaml.toString();
  }
}
