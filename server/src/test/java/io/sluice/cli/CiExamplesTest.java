package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sluice.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The pipelines under `examples/ci` name commands, options and files that there are.
class CiExamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("sluice.root", ".."));
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Z_]+)\\}?");

  /// A pipeline: its lines of shell, and its variables.
  private record Pipeline(List<String> lines, Map<String, String> variables) {
    static Pipeline read(String file) throws IOException {
      var pipeline = new Pipeline(new ArrayList<>(), new HashMap<>());
      pipeline.look(new YAMLMapper().readTree(ROOT.resolve("examples/ci").resolve(file)));
      return pipeline;
    }

    private void look(JsonNode node) {
      node.properties()
          .forEach(property -> {
            switch (property.getKey()) {
              case "run" -> script(property.getValue().asString());
              case "script", "before_script" ->
                  property.getValue().forEach(line -> script(line.asString()));
              case "env", "variables" ->
                  property
                      .getValue()
                      .properties()
                      .forEach(it -> variables.put(it.getKey(), it.getValue().asString()));
              default -> look(property.getValue());
            }
          });
      if (node.isArray()) {
        node.forEach(this::look);
      }
    }

    private void script(String text) {
      lines.addAll(text.replace("\\\n", " ").lines().toList());
    }

    /// The arguments of each call of the launcher.
    List<List<String>> commands() {
      var out = new ArrayList<List<String>>();
      for (var line : lines) {
        int from = line.indexOf("./sluice ");
        if (from >= 0) {
          out.add(words(line.substring(from + "./sluice ".length()).split("[|&>;]", 2)[0]));
        }
      }
      return out;
    }

    private List<String> words(String command) {
      return WORD.matcher(command)
          .results()
          .map(word -> word.group().replaceAll("[\"']", ""))
          .map(word ->
              VARIABLE.matcher(word).replaceAll(v -> variables.getOrDefault(v.group(1), "UNKNOWN")))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"github-actions.yml", "gitlab-ci.yml"})
  void theirCommandsAreUnderstood(String file) throws IOException {
    var commands = Pipeline.read(file).commands();
    var names = commands.stream().map(c -> String.join(" ", c)).toList();
    assertThat(names)
        .anyMatch(c -> c.startsWith("serve "))
        .anyMatch(c -> c.startsWith("test push "))
        .anyMatch(c -> c.startsWith("test run "))
        .noneMatch(c -> c.contains("UNKNOWN"));
    var terminal = new Terminal(System.out, System.err, 0, false);
    var line = Main.commandLine(new Surroundings(Map.of(), ROOT, terminal));
    for (var command : commands) {
      assertThatCode(() -> line.parseArgs(command.toArray(String[]::new)))
          .as(String.join(" ", command))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"github-actions.yml", "gitlab-ci.yml"})
  void whatTheyNameIsThere(String file) throws IOException {
    var pipeline = Pipeline.read(file);
    assertThat(ROOT.resolve(pipeline.variables().get("TESTS"))).isDirectory();
    var suites = ROOT.resolve("examples/tests/suites");
    try (var files = Files.list(suites)) {
      assertThat(files.map(f -> new YAMLMapper().readTree(f).get("name").asString()))
          .contains(pipeline.variables().get("SUITE"));
    }
    for (var command : pipeline.commands()) {
      command.stream()
          .filter(word -> word.startsWith("@"))
          .forEach(word -> assertThat(ROOT.resolve(word.substring(1))).exists());
    }
  }
}
