package io.sluice.workflow.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sources.Canonical;
import io.sluice.sources.Finding;
import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.model.reading.BlueprintReader;
import io.sluice.workflow.model.reading.BlueprintReader.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateFillingTest {
  /// Field, text, value as JSON, type, filled in as JSON.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "url | {{p}} | 5 | integer | 5",
        "url | {{ p }} | true | boolean | true",
        "url | a-{{p}}-{{p}} | 5 | integer | \"a-5-5\"",
        "url | {{p}}/${input.id}/{{p}} | \"x\" | string | \"x/${input.id}/x\"",
        "url | ${input.x = {{p}}}/{{p}} | \"x\" | string | \"${input.x = \\\"x\\\"}/x\"",
        "url | ${ {'a': {'b': {{p}}}} }{{p}} | \"x\" | string | \"${ {'a': {'b': \\\"x\\\"}} }x\"",
        "url | $${ {{p}} | \"x\" | string | \"$${ x\"",
        "url | ${secrets.{{p}}} | \"KEY\" | secret-name | \"${secrets.KEY}\"",
        "when | input.x = {{p}} | \"' or true\" | string | \"input.x = \\\"' or true\\\"\"",
        "condition | {{p}} | \"steps.a\" | string | \"\\\"steps.a\\\"\"",
        "items | [1, {{p}}] | 2 | number | \"[1, 2]\"",
        "url | {{}} {{p | 1 | number | \"{{}} {{p\"",
      })
  void fills(String field, String text, String value, String type, String expected) {
    var parameter =
        new Parameter("p", ParameterType.of(type), true, null, List.of(), null, null, null);
    var values = new HashMap<String, @Nullable Object>();
    values.put("p", Canonical.read(value));
    var json = new HashMap<String, @Nullable Object>();
    json.put(field, text);
    var filled = (Map<?, ?>) Placeholders.fill(json, List.of(parameter), values);
    assertThat(Canonical.json(filled.get(field))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type: string | \"x\" | ",
        "type: string | 5 | must be a text",
        "type: string | \"${secrets.X}\" | must not have ${",
        "type: string, min: 2, max: 3 | \"x\" | less than 2",
        "type: string, min: 2, max: 3 | \"xxxx\" | more than 3",
        "type: string, pattern: \"[a-z]+\" | \"a1\" | of the form",
        "type: number, max: 1.5 | 1.6 | more than 1.5",
        "type: integer | 1.5 | a whole number",
        "type: integer, min: 1 | 0 | less than 1",
        "type: boolean | \"true\" | true or false",
        "type: duration, max: PT1H | \"PT2H\" | longer than PT1H",
        "type: duration | \"1h\" | ISO 8601",
        "type: duration | \"PT1M\" | ",
        "type: enum, values: [a, b] | \"c\" | one of a, b",
        "type: url | \"/x\" | a URL",
        "type: url | \"https://a.example/x\" | ",
        "type: secret-name | \"s3cr3t-value!\" | the name of a secret",
      })
  void checksValues(String parameter, String value, @Nullable String fault) {
    var template = read("parameters: [{name: p, " + parameter + "}]\nbody: {name: x}");
    var found = template.parameters().getFirst().fault(Canonical.read(value));
    if (fault == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found.orElse("")).contains(fault);
    }
  }

  private static Blueprint read(String yaml) {
    return switch (BlueprintReader.read(new Source("name: t\n" + yaml, SourceFormat.YAML))) {
      case Result.Right<Blueprint>(Blueprint template) -> template;
      case Result.Wrong<Blueprint>(List<Finding> findings) ->
          throw new AssertionError(findings.toString());
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "body: {name: \"{{who}}\"} | UNKNOWN_PARAMETER /body/name",
        "parameters: [{name: p, type: string}, {name: p, type: string}] ; body: {name: x} | DUPLICATE_PARAMETER /parameters/1/name",
        "parameters: [{name: p, type: text}] ; body: {name: x} | UNKNOWN_VALUE /parameters/0/type",
        "parameters: [{name: p, type: enum}] ; body: {name: x} | MISSING_FIELD /parameters/0",
        "parameters: [{name: p, type: integer, default: x}] ; body: {name: x} | BAD_DEFAULT /parameters/0/default",
        "parameters: [{name: p, type: string, pattern: \"(\"}] ; body: {name: x} | BAD_FORMAT /parameters/0/pattern",
        "bodi: {} | MISSING_FIELD",
      })
  void refusesTemplates(String yaml, String expected) {
    var text = "name: t\n" + yaml.replace(" ; ", "\n");
    var result = BlueprintReader.read(new Source(text, SourceFormat.YAML));
    var wrong = (Result.Wrong<Blueprint>) result;
    assertThat(wrong.findings().stream().map(f -> (f.code() + " " + f.pointer()).strip()))
        .contains(expected.strip());
  }

  @Test
  void defaultsAreFilledInAndUnknownNamesRefused() {
    var template =
        read(
            """
            parameters:
              - {name: a, type: string, default: x}
              - {name: b, type: integer, required: false}
              - {name: c, type: boolean}
            body: {name: n}
            """);
    var right = BlueprintReader.values(template.parameters(), Map.of("c", true));
    assertThat(((Result.Right<Map<String, @Nullable Object>>) right).value())
        .containsEntry("a", "x")
        .containsEntry("b", null)
        .containsEntry("c", true);
    var wrong = BlueprintReader.values(template.parameters(), Map.of("d", 1));
    assertThat(((Result.Wrong<Map<String, @Nullable Object>>) wrong).findings())
        .extracting(Finding::code)
        .containsExactlyInAnyOrder("MISSING_PARAMETER", "UNKNOWN_PARAMETER");
  }
}
