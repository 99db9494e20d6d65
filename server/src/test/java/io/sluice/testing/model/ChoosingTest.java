package io.sluice.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sources.Source;
import io.sluice.sources.SourceFormat;
import io.sluice.testing.AssetKind;
import io.sluice.testing.model.Selection.Choice;
import io.sluice.testing.model.TestSuite.Overrides;
import io.sluice.testing.model.reading.Draft;
import io.sluice.validation.Thresholds;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// From definitions to what one execution tries.
class ChoosingTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private static Draft draft(AssetKind kind, String yaml) {
    var draft = Draft.read(kind, new Source(yaml, SourceFormat.YAML));
    assertThat(draft.errors()).isEmpty();
    return draft;
  }

  private static Choice choice(String yaml, Overrides overrides) {
    var pinned =
        new Pinned<>(new UUID(0, 1), new UUID(0, 2), 1, draft(AssetKind.CASE, yaml).testCase());
    return new Choice(pinned, overrides, null);
  }

  private static final String LIGHT =
      """
      name: Light
      type: voice
      tags: [lights]
      parameters: [{room: kitchen}, {room: bedroom}]
      thresholds: {autoPass: 0.9}
      languages:
        en-US:
          utterance: turn on the ${row.room} light
          expect:
            intent: lights.on
            entities: {room: "${row.room}", level: "${$length(row.room)}"}
            reply: The ${row.room} light is on.
            assertions: [entities.room = row.room]
        es-MX:
          parameters: [{room: cocina}]
          utterance: enciende la luz de la ${row.room}
          expect: {intent: lights.on}
          assistant: {voice: maria, options: {b: 2}}
      """;

  @Test
  void aCellIsALanguageAndARow() {
    var plan = Cell.plan(choice(LIGHT, Overrides.NONE), List.of("en-US", "es-MX", "fr-FR"));
    assertThat(plan.cells())
        .extracting(c -> c.language() + " " + c.row() + " " + c.data().get("room"))
        .containsExactly("en-US 0 kitchen", "en-US 1 bedroom", "es-MX 0 cocina");
    assertThat(plan.missing()).containsExactly("fr-FR");
  }

  @Test
  void aSuiteMaySayOtherwise() {
    var overrides =
        draft(
                AssetKind.SUITE,
                """
                name: S
                cases:
                  - case: Light
                    overrides:
                      languages: [es-MX]
                      parameters: [{room: sala}]
                      priority: 1
                      timeout: PT5S
                      assistant: {options: {c: 3}}
                """)
            .suite()
            .entries()
            .getFirst()
            .overrides();
    var choice = choice(LIGHT, overrides);
    var plan = Cell.plan(choice, List.of("en-US", "es-MX"));
    assertThat(plan.cells()).containsExactly(new Cell("es-MX", 0, Map.of("room", "sala")));
    assertThat(plan.missing()).isEmpty();

    var suite =
        draft(
                AssetKind.SUITE,
                """
                name: S
                select: lights
                timeout: PT1M
                retries: 3
                thresholds: {autoPass: 0.5}
                environment: {HOST: h}
                assistant: {type: text, url: "https://${env.HOST}/", body: "${utterance.text}", options: {a: 1, b: 1}}
                quarantine:
                  - {select: other, owner: a, until: 2026-12-31, reason: r}
                  - {select: lights, owner: b, until: 2026-02-28, reason: over}
                  - {select: lights, owner: c, until: 2026-03-01, reason: holds}
                """)
            .suite();
    var settings = Settings.of(suite, choice, "es-MX", TODAY);
    assertThat(settings.priority()).isEqualTo(1);
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.retries().attempts()).isEqualTo(3);
    assertThat(settings.thresholds().autoPass()).isEqualByComparingTo("0.9");
    assertThat(settings.thresholds().needsReview()).isEqualTo(Thresholds.DEFAULT.needsReview());
    assertThat(settings.assistant(Map.of("HOST", "h")))
        .isEqualTo(
            Map.of(
                "type", "text",
                "url", "https://h/",
                "body", "${utterance.text}",
                "voice", "maria",
                "options", Map.of("a", 1, "b", 2, "c", 3)));
    assertThat(settings.quarantine()).extracting(Quarantine::owner).isEqualTo("c");
    assertThat(Settings.of(null, choice(LIGHT, Overrides.NONE), "en-US", TODAY).quarantine())
        .isNull();
  }

  @Test
  void whatIsExpectedIsFilledInFromTheRow() {
    var turn = choice(LIGHT, Overrides.NONE).testCase().in("en-US").turns().getFirst();
    var document =
        new TestScope("en-US", Map.of("room", "kitchen"), Map.of(), Map.of(), Map.of(), Map.of())
            .document();
    var expectation = turn.expect().fill("en-US", "turn on the kitchen light", document);
    assertThat(expectation.intent()).isEqualTo("lights.on");
    assertThat(expectation.entities()).containsEntry("room", "kitchen").containsEntry("level", 7);
    assertThat(expectation.replies()).containsExactly("The kitchen light is on.");
    var assertion = expectation.checks().assertions().getFirst();
    assertThat(assertion.holds(Map.of("entities", Map.of("room", "kitchen")))).isTrue();
    assertThat(assertion.holds(Map.of("entities", Map.of("room", "bedroom")))).isFalse();
  }

  @Test
  void whatARowLeavesOpenIsNotAsked() {
    var expect =
        choice(
                """
                name: A
                type: voice
                parameters: [{intent: null, room: null, reply: null}]
                languages:
                  en-US:
                    utterance: hi
                    expect: {intent: "${row.intent}", entities: {room: "${row.room}"}, reply: "${row.reply}"}
                """,
                Overrides.NONE)
            .testCase()
            .in("en-US")
            .turns()
            .getFirst()
            .expect();
    var row = new java.util.HashMap<String, Object>();
    row.put("intent", null);
    var document = new TestScope("en-US", row, Map.of(), Map.of(), Map.of(), Map.of()).document();
    assertThat(expect.fill("en-US", "hi", document).isEmpty()).isTrue();
  }

  @Test
  void aCaseWithoutLanguagesIsTriedOnce() {
    var manual = "{name: A, type: manual, steps: [{instruction: look}]}";
    assertThat(Cell.plan(choice(manual, Overrides.NONE), List.of("en-US", "fr-FR")).cells())
        .containsExactly(new Cell("en-US", null, Map.of()));
  }

  @Test
  void theStepsOfItemsStandWhereTheyAreUsed() {
    var items =
        Map.of(
            "Log in",
                draft(
                        AssetKind.ITEM,
                        """
                        name: Log in
                        parameters: [user, {name: page, default: /login}]
                        steps:
                          - item: Open
                            arguments: {page: "${args.page}"}
                          - fill User with ${args.user}
                        """)
                    .item(),
            "Open",
                draft(
                        AssetKind.ITEM,
                        "{name: Open, parameters: [page], steps: ['open ${env.BASE}${args.page}']}")
                    .item());
    var test =
        choice(
                """
                name: A
                type: browser
                parameters: [{who: ada}]
                steps:
                  - open https://host
                  - item: Log in
                    arguments: {user: "${row.who}"}
                  - expect text "Hello ${row.who}"
                """,
                Overrides.NONE)
            .testCase();
    var steps = Expansion.of(test.steps(), items);
    assertThat(steps).extracting(Expansion.Bound::id).containsExactly("1", "2.1.1", "2.2", "3");
    var document =
        new TestScope(
                "en-US", Map.of("who", "ada"), Map.of(), Map.of("BASE", "b"), Map.of(), Map.of())
            .document();
    var opening = steps.get(1);
    var open = (BrowserStep.Command.Open) ((BrowserStep) opening.step()).command();
    assertThat(open.url().render(opening.scope(document))).isEqualTo("b/login");
    var fill = (BrowserStep.Command.Fill) ((BrowserStep) steps.get(2).step()).command();
    assertThat(fill.value().render(steps.get(2).scope(document))).isEqualTo("ada");
    assertThat(steps.getLast().step().title()).isEqualTo("expect text \"Hello ${row.who}\"");
  }
}
