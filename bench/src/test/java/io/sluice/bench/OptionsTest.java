package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.bench.subject.Question;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final Path HOME = Path.of("bench");
  private static final Set<String> KNOWN = Set.of("floor", "db-scheduler");

  private static Options parse(String... arguments) throws Options.Refused {
    return Options.parse(List.of(arguments), KNOWN, HOME);
  }

  @Test
  void measuresEverybodyAndEverythingUnlessTold() throws Exception {
    var options = parse();
    assertThat(options.subjects()).containsExactly(Subjects.ALL);
    assertThat(options.questions()).containsExactlyInAnyOrder(Question.values());
    assertThat(options.sizes().jobs()).isEqualTo(20_000);
    assertThat(options.sizes().pickups()).isEqualTo(500);
    assertThat(options.sizes().functions()).isEqualTo(1_000);
    assertThat(options.sizes().filling()).isEqualTo(1_000_000);
    assertThat(options.rules().rounds()).isEqualTo(3);
    assertThat(options.rules().tries()).isEqualTo(6);
    assertThat(options.out()).isEqualTo(HOME.resolve("RESULTS.md"));
  }

  @Test
  void quickLeavesFilledTablesOutUnlessAskedForThem() throws Exception {
    assertThat(parse("--quick").questions()).doesNotContain(Question.HISTORY, Question.HELD);
    assertThat(parse("--quick", "--only", "history,drain").questions())
        .containsExactlyInAnyOrder(Question.HISTORY, Question.DRAIN);
  }

  @Test
  void whoAsksForTestsAloneIsAskedOfThemAlone() throws Exception {
    var of =
        Options.parse(
            List.of("tests", "--quick"), new Subjects(HOME, InstantSource.system()).words(), HOME);
    assertThat(of.questions())
        .containsExactlyInAnyOrder(
            Question.TESTS, Question.WATCH, Question.VALIDATE, Question.CLAIM);
    assertThat(parse("--quick").questions()).doesNotContainAnyElementsOf(of.questions());
    assertThat(new Subjects(HOME, InstantSource.system()).chosen(of.subjects(), true))
        .extracting(Subjects.Entry::word)
        .containsOnly("floor", "tests");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> parse("quartz")).isInstanceOf(Options.Refused.class);
    assertThatThrownBy(() -> parse("--only", "speed")).isInstanceOf(Options.Refused.class);
    assertThatThrownBy(() -> parse("--n")).isInstanceOf(Options.Refused.class);
    assertThatThrownBy(() -> parse("--n", "0")).isInstanceOf(Options.Refused.class);
  }

  @Test
  void floorAlwaysTakesPart() {
    var subjects = new Subjects(HOME, InstantSource.system());
    assertThat(subjects.chosen(Set.of("db-scheduler"), true))
        .extracting(Subjects.Entry::word)
        .containsExactly("floor", "floor", "db-scheduler");
  }
}
