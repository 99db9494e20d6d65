package io.sluice.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Map<String, Object> DOCUMENT =
      Map.of(
          "input", Map.of("id", 42, "rate", 0.5, "tags", List.of("a", "b"), "o", Map.of("k", "v")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "no expression|no expression",
        "id ${input.id}!|id 42!",
        "${input.id}${input.rate}|420.5",
        "<${input.nothing}>|<>",
        "tags: ${input.tags}|tags: [\"a\",\"b\"]",
        "o: ${input.o}|o: {\"k\":\"v\"}",
        "$${input.id}|${input.id}",
        "a $${b} ${input.id} $${c}|a ${b} 42 ${c}",
        "$ {x} $x }{|$ {x} $x }{",
        "x ${ {'a': '}'}.a } y|x } y",
        "x ${ \"it\\\"s }\" } y|x it\"s } y",
        "x ${ \"}\" } y|x } y",
        "x ${ /* } */ input.id } y|x 42 y",
        "x ${ $contains('}', /\\}/) } y|x true y",
        "x ${ $replace('a/}', /\\/\\}/, '') } y|x a y",
        "x ${ input.id / 2 } y ${ input.id / 2 }|x 21 y 21",
        "x ${ input.`o`.k } y|x v y",
        "x ${ $map([1], function($v) { $v }) } y|x 1 y"
      })
  void writesTexts(String template, String expected) {
    assertThat(Template.of(template).render(DOCUMENT)).isEqualTo(expected);
  }

  @Test
  void oneExpressionAloneKeepsItsType() {
    assertThat(Template.of("${input.id}").render(DOCUMENT)).isEqualTo(42);
    assertThat(Template.of("${ input.tags }").render(DOCUMENT)).isEqualTo(List.of("a", "b"));
    assertThat(Template.of("${ {'n': $count(input.tags)} }").render(DOCUMENT))
        .isEqualTo(Map.of("n", 2));
    assertThat(Template.of("${input.nothing}").render(DOCUMENT)).isNull();
    assertThat(Template.of(" ${input.id}").render(DOCUMENT)).isEqualTo(" 42");
  }

  @Test
  void goesIntoValuesAndLeavesKeysAlone() {
    var json = new HashMap<String, Object>();
    json.put("${input.id}", Arrays.asList("${input.id}", 1, null, Map.of("x", "-${input.o.k}-")));
    json.put("n", null);
    var expected = new HashMap<String, Object>();
    expected.put("${input.id}", Arrays.asList(42, 1, null, Map.of("x", "-v-")));
    expected.put("n", null);
    var template = Template.of(json);
    assertThat(template.render(DOCUMENT)).isEqualTo(expected);
    assertThat(template.references())
        .containsExactlyInAnyOrder(new Reference("input", "id"), new Reference("input", "o"));
  }

  @Test
  void aConstantIsGivenAsItIs() {
    var json = Map.of("a", List.of(1, "x", Map.of("b", true)));
    assertThat(Template.of(json).constant()).isTrue();
    assertThat(Template.of(json).render(DOCUMENT)).isSameAs(json);
    assertThat(Template.of(null).render(DOCUMENT)).isNull();
    assertThat(Template.of("${input.id}").constant()).isFalse();
    assertThat(Template.of(List.of("$${x}")).render(DOCUMENT)).isEqualTo(List.of("${x}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ${input.id",
        "${ 'a }",
        "${ (input.id }",
        "${ input.id) }",
        "${}",
        "x ${1 +} y"
      })
  void refusesWhatHasNoEndOrNoSense(String template) {
    assertThatThrownBy(() -> Template.of(List.of(template)))
        .isInstanceOf(ExpressionProblem.Malformed.class);
  }

  @Test
  void anExpressionInDataStaysText() {
    var document =
        Map.<String, Object>of(
            "input", Map.of("name", "${secrets.TOKEN}"), "secrets", Map.of("TOKEN", "x"));
    assertThat(Template.of("Hello ${input.name}").render(document))
        .isEqualTo("Hello ${secrets.TOKEN}");
    assertThat(Template.of("${input.name}").render(document)).isEqualTo("${secrets.TOKEN}");
  }
}
