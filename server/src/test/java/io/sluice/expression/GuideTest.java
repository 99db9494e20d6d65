package io.sluice.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Every example of `docs/expressions.md` is true.
class GuideTest {
  private static final Pattern BLOCK =
      Pattern.compile("```(json|jsonata)\n(.*?)```", Pattern.DOTALL);

  private final JsonMapper json = new JsonMapper();

  @Test
  @SuppressWarnings("unchecked")
  void examplesAreTrue() throws IOException {
    String guide =
        Files.readString(Path.of(System.getProperty("sluice.root"), "docs/expressions.md"));
    List<String[]> blocks =
        BLOCK.matcher(guide).results().map(m -> new String[] {m.group(1), m.group(2)}).toList();
    var document = (Map<String, Object>) json.readValue(blocks.getFirst()[1], Map.class);
    int seen = 0;
    for (String[] block : blocks.subList(1, blocks.size())) {
      for (String line : block[1].lines().toList()) {
        String[] example = line.split(" → ", 2);
        Object expected = json.readTree(example[1]);
        Object actual =
            json.readTree(json.writeValueAsString(Expression.of(example[0]).evaluate(document)));
        assertThat(actual).as(line).isEqualTo(expected);
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(70);
  }
}
