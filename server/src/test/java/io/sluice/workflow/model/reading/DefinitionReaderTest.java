package io.sluice.workflow.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sources.Canonical;
import io.sluice.sources.Finding;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.model.Audience;
import io.sluice.workflow.model.Conditional;
import io.sluice.workflow.model.DataTransform;
import io.sluice.workflow.model.Definition;
import io.sluice.workflow.model.ForEach;
import io.sluice.workflow.model.HttpRequest;
import io.sluice.workflow.model.HumanTask;
import io.sluice.workflow.model.Limits;
import io.sluice.workflow.model.OnError;
import io.sluice.workflow.model.OnTimeout;
import io.sluice.workflow.model.Parallel;
import io.sluice.workflow.model.Retry;
import io.sluice.workflow.model.StatusRange;
import io.sluice.workflow.model.Step;
import io.sluice.workflow.model.StepType;
import io.sluice.workflow.model.Steps;
import io.sluice.workflow.model.SubWorkflow;
import io.sluice.workflow.model.Validation;
import io.sluice.workflow.model.Wait;
import io.sluice.workflow.model.WebhookCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionReaderTest {
  private static final Path GOOD = Path.of("src/test/resources/workflow/good");

  @Test
  void everyFieldOfEveryTypeArrivesInItsRecord() throws IOException {
    var definition = valid(Files.readString(GOOD.resolve("everything.yaml")));
    assertThat(definition.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(definition.concurrency()).isEqualTo(7);
    assertThat(definition.labels()).containsEntry("team", "crm");
    assertThat(definition.inputSchema()).containsKey("required");
    assertThat(definition.onError()).hasSize(1);
    var steps = Steps.all(definition).stream().collect(Collectors.toMap(Step::id, s -> s));
    assertThat(steps.values().stream().map(Step::type)).contains(StepType.values());

    var fetch = steps.get("fetch");
    var http = (HttpRequest) fetch.config();
    assertThat(http.service()).isEqualTo("crm");
    assertThat(http.method()).isEqualTo(HttpRequest.Method.POST);
    assertThat(http.url().render(Map.of("input", Map.of("id", "7"))))
        .isEqualTo("https://crm.example/leads/7");
    assertThat(http.body()).isInstanceOf(HttpRequest.Body.Json.class);
    assertThat(http.auth()).isInstanceOf(HttpRequest.Auth.ApiKey.class);
    assertThat(http.extract()).containsOnlyKeys("score");
    assertThat(http.expectedStatus())
        .containsExactly(new StatusRange(200, 299), new StatusRange(404, 404));
    assertThat(http.maxResponseBytes()).isEqualTo(1000L);
    assertThat(fetch.attemptTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(fetch.retry())
        .extracting(Retry::strategy, Retry::maxAttempts, Retry::initialDelay, Retry::jitter)
        .containsExactly(Retry.Strategy.LINEAR, 4, Duration.ofSeconds(1), false);
    assertThat(fetch.onError()).isInstanceOf(OnError.Handle.class);
    assertThat(fetch.compensate()).extracting(Step::id).containsExactly("undo");

    var each = (ForEach) steps.get("each").config();
    assertThat(each.tolerated()).isEqualTo(new ForEach.Tolerance(10, true));
    assertThat(each.concurrency()).isEqualTo(5);
    assertThat(each.output()).isNotNull();
    assertThat(((Parallel) steps.get("both").config()).branches())
        .extracting(Parallel.Branch::id)
        .containsExactly("right", "left");
    var route = (Conditional) steps.get("route").config();
    assertThat(route.blocks()).extracting(b -> b.name()).containsExactly("0", "1", "else");
    assertThat(((Wait) steps.get("signalled").config()).what()).isInstanceOf(Wait.For.Signal.class);
    assertThat(((Wait) steps.get("signalled").config()).onTimeout()).isEqualTo(OnTimeout.CONTINUE);
    assertThat(((Wait) steps.get("happened").config()).what()).isInstanceOf(Wait.For.Event.class);
    assertThat(((WebhookCall) steps.get("tell").config()).secret()).isEqualTo("HOOK_KEY");
    assertThat(((Validation) steps.get("check").config()).rules()).hasSize(1);
    assertThat(((SubWorkflow) steps.get("sub").config()))
        .extracting(SubWorkflow::alias, SubWorkflow::waits)
        .containsExactly("live", false);
    var ask = (HumanTask) steps.get("ask").config();
    assertThat(ask.candidateGroups()).hasSize(1);
    assertThat(ask.audience().priority()).isEqualTo(2);
    assertThat(ask.audience().skills()).hasSize(2);
    assertThat(ask.audience().nativeSpeaker()).isTrue();
    assertThat(((Validation) steps.get("check").config()).audience()).isEqualTo(Audience.ANYBODY);
    assertThat(steps.get("rule").config()).isInstanceOf(DataTransform.ByRule.class);
  }

  @Test
  void yamlAndJsonAreTheSameDefinition() throws IOException {
    var yaml = Files.readString(GOOD.resolve("everything.yaml"));
    var json = Canonical.json(((Reading.Valid) read(yaml, SourceFormat.YAML)).json());
    var again = (Reading.Valid) read(json, SourceFormat.JSON);
    assertThat(Canonical.sha256(again.json())).isEqualTo(Canonical.sha256(Canonical.read(json)));
    assertThat(Steps.all(DefinitionReader.stored(json)))
        .extracting(Step::id)
        .isEqualTo(Steps.all(valid(yaml)).stream().map(Step::id).toList());
  }

  @Test
  void theExampleOfTheGuideIsValid() throws IOException {
    var guide = Files.readString(Path.of("../docs/guide/10-workflows.md"));
    var blocks = guide.split("```yaml\n");
    assertThat(blocks.length).isGreaterThan(2);
    for (int i = 1; i < blocks.length; i++) {
      var yaml = blocks[i].substring(0, blocks[i].indexOf("```"));
      if (yaml.startsWith("name:") && !yaml.contains("parameters:")) {
        valid(yaml);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "body.x, true",
    "$, true",
    "$$, true",
    "**, true",
    "input.id, false",
    "secrets.K, false"
  })
  void aResponseIsSeenWithoutVariables(String expression, boolean possible) {
    var yaml =
        """
        name: a
        steps:
          - {id: a, type: HTTP_REQUEST, config: {service: s, url: "https://a.example", extract: {x: "EXPR"}}}
        """;
    assertThat(codes(yaml.replace("EXPR", expression)).isEmpty()).isEqualTo(possible);
  }

  @Test
  void mightBeMistakesAreTold() {
    var yaml =
        """
        name: a
        timeout: PT1M
        steps:
          - {id: a, type: HTTP_REQUEST, timeout: PT2M, config: {url: "https://a.example", body: {json: 1}}}
        """;
    assertThat(((Reading.Valid) read(yaml, SourceFormat.YAML)).warnings())
        .extracting(Finding::code)
        .containsExactlyInAnyOrder("TIMEOUT_NEVER_REACHED", "SERVICE_FROM_URL", "BODY_IGNORED");
    var waits = "name: a\nsteps:\n  - {id: a, type: WAIT, config: {signal: go}}\n";
    assertThat(((Reading.Valid) read(waits, SourceFormat.YAML)).warnings())
        .extracting(Finding::code)
        .containsExactly("WAITS_FOR_EVER");
  }

  @Test
  void limitsAreHard() {
    var step = "  - {id: s%d, type: DATA_TRANSFORM, config: {expression: '1'}}%n";
    var many = new StringBuilder("name: a\nsteps:\n");
    for (int i = 0; i < 1001; i++) {
      many.append(String.format(step, i));
    }
    assertThat(codes(many.toString())).containsExactly("TOO_MANY_STEPS");
    assertThat(valid(many.substring(0, many.lastIndexOf("  - "))).steps()).hasSize(1000);
    assertThat(codes("name: a\ndescription: " + "x".repeat(1 << 20))).containsExactly("TOO_LARGE");
    assertThat(codes("a: " + "[".repeat(5000)))
        .allMatch(c -> c.equals("SYNTAX") || c.equals("TOO_DEEP"));
    assertThat(codes("a: " + "[".repeat(180) + "]".repeat(180))).contains("TOO_DEEP");
  }

  @ParameterizedTest
  @CsvSource({"'{\"name\": \"a\",', 1", "'{\"a\": 1}}', 1", "'{a: 1}', 1", "'{\"a\": 01}', 1"})
  void badJsonIsToldWithItsPlace(String json, int line) {
    var errors = ((Reading.Invalid) read(json, SourceFormat.JSON)).errors();
    assertThat(errors.getFirst().code()).isEqualTo("SYNTAX");
    assertThat(errors.getFirst().line()).isEqualTo(line);
    assertThat(errors.getFirst().detail()).doesNotContain("Source:", "jackson");
  }

  @Test
  void whatCanNotBeStoredOrCountedIsRefused() {
    var zero = "{\"name\":\"a\",\"description\":\"\\u0000\",\"steps\":[]}";
    var errors = ((Reading.Invalid) read(zero, SourceFormat.JSON)).errors();
    assertThat(errors).extracting(Finding::code).containsExactly("BAD_FORMAT", "EMPTY");
    var step = "name: a\nsteps:\n  - {id: a, type: WAIT, timeout: %s, config: {duration: %s}}\n";
    assertThat(codes(step.formatted("P9999999999999999999D", "PT1S")))
        .containsExactly("BAD_FORMAT");
    assertThat(codes(step.formatted("PT1S", "PT-1S"))).containsExactly("BAD_FORMAT");
    assertThat(codes(step.formatted("PT1S", "P9999999999999999999D")))
        .containsExactly("BAD_FORMAT");
  }

  @Test
  void manyMistakesAreNotAllTold() {
    var text =
        new StringBuilder("name: a\nsteps: [{id: a, type: WAIT, config: {duration: PT1S}}]\n");
    for (int i = 0; i < 20_000; i++) {
      text.append('x').append(i).append(": 1\n");
    }
    assertThat(codes(text.toString())).hasSize(500).containsOnly("UNKNOWN_FIELD");
  }

  @Test
  void aSchemaThatRefersToItselfWithoutEndIsRefused() {
    assertThat(
            codes(
                "name: a\ninputSchema: {$ref: \"#\"}\nsteps: [{id: a, type: WAIT, config: {duration: PT1S}}]"))
        .containsExactly("BAD_SCHEMA");
  }

  /// Whatever is done to a good text, reading it ends with an answer that has places.
  @Test
  void noTextMakesTheReaderFail() throws IOException {
    var good = Files.readString(GOOD.resolve("everything.yaml"));
    long seed = 20260101;
    var chance = new Random(seed);
    var pieces =
        List.of(
            "", " ", "\n", "{", "}", "[", "]", ":", "-", "\"", "'", "${", "*", "&a ", "!!x ",
            "null", "0", "\t");
    for (int i = 0; i < 1500; i++) {
      int from = chance.nextInt(good.length());
      int to = Math.min(good.length(), from + chance.nextInt(12));
      var text =
          good.substring(0, from) + pieces.get(chance.nextInt(pieces.size())) + good.substring(to);
      var reading = read(text, SourceFormat.YAML);
      if (reading instanceof Reading.Invalid(List<Finding> errors, List<Finding> _)) {
        assertThat(errors).as("seed %s, %s", seed, i).isNotEmpty();
        assertThat(errors).as(text).allSatisfy(e -> assertThat(e.line()).isNotNull());
      }
    }
  }

  private static Reading read(String text, SourceFormat format) {
    return new DefinitionReader(Limits.DEFAULT).read(text, format);
  }

  private static List<String> codes(String yaml) {
    return switch (read(yaml, SourceFormat.YAML)) {
      case Reading.Valid _ -> List.of();
      case Reading.Invalid(List<Finding> errors, List<Finding> _) ->
          errors.stream().map(Finding::code).toList();
    };
  }

  private static Definition valid(String yaml) {
    return switch (read(yaml, SourceFormat.YAML)) {
      case Reading.Valid(Definition definition, Map<String, Object> _, List<Finding> _) ->
          definition;
      case Reading.Invalid(List<Finding> errors, List<Finding> _) ->
          throw new AssertionError(errors.toString());
    };
  }
}
