package io.sluice.testing.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.expression.Template;
import io.sluice.sources.Canonical;
import io.sluice.sources.Plain;
import io.sluice.testing.model.BrowserStep.Command;
import io.sluice.testing.model.BrowserStep.Condition;
import io.sluice.testing.model.BrowserStep.Target;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
  private static String text(Template template) {
    return String.valueOf(template.render(Map.of("row", Map.of("a", "A with B"))));
  }

  private static String text(Target target) {
    var name = target.name();
    return target.by() + "(" + text(target.value()) + (name == null ? "" : ", " + text(name)) + ")";
  }

  private static String text(Condition condition) {
    return switch (condition) {
      case Condition.Text c -> "text " + text(c.text());
      case Condition.Visible c -> "visible " + text(c.target());
      case Condition.Hidden c -> "hidden " + text(c.target());
      case Condition.Url c -> "url " + text(c.url());
      case Condition.Title c -> "title " + text(c.title());
    };
  }

  private static String text(Command command) {
    return switch (command) {
      case Command.Open c -> "open " + text(c.url());
      case Command.Click c -> "click " + text(c.target());
      case Command.Fill c -> "fill " + text(c.target()) + " <- " + text(c.value());
      case Command.Press c -> "press " + c.key();
      case Command.Select c -> "select " + text(c.option()) + " in " + text(c.target());
      case Command.Check c -> (c.on() ? "check " : "uncheck ") + text(c.target());
      case Command.Expect c -> "expect " + text(c.condition());
      case Command.WaitFor c -> "wait " + text(c.condition());
      case Command.Screenshot c -> "screenshot " + c.name();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "open https://host/a|open https://host/a",
        "click Save|click TEXT(Save)",
        "click \"Save it\"|click TEXT(Save it)",
        "click css=.a > b|click CSS(.a > b)",
        "click role=button name=\"Save it\"|click ROLE(button, Save it)",
        "click role=link|click ROLE(link)",
        "click testid=save|click TEST_ID(save)",
        "click 1+1=2|click TEXT(1+1=2)",
        "fill Name with Ada|fill LABEL(Name) <- Ada",
        "fill \"Sign in with code\" with 42|fill LABEL(Sign in with code) <- 42",
        "fill css=#n with \" \"|'fill CSS(#n) <-  '",
        "fill Name with ${row.a & \" with C\"}|fill LABEL(Name) <- A with B with C",
        "press Control+A|press Control+A",
        "select \"Way from A\" from List|select Way from A in LABEL(List)",
        "check I agree|check LABEL(I agree)",
        "uncheck I agree|uncheck LABEL(I agree)",
        "expect text \"Saved, ${row.a}\"|expect text Saved, A with B",
        "expect visible role=alert|expect visible ROLE(alert)",
        "expect hidden Loading|expect hidden TEXT(Loading)",
        "expect url https://host/*|expect url https://host/*",
        "expect title Home|expect title Home",
        "wait for text Done|wait text Done",
        "screenshot after-save|screenshot after-save",
      })
  void areReadAsPeopleWriteThem(String line, String read) {
    assertThat(text(Commands.read(line))).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"open\":\"https://host\"}|open https://host",
        "{\"fill\":\"Name\",\"with\":5}|fill LABEL(Name) <- 5",
        "{\"select\":\"L\",\"from\":\"css=#s\"}|select L in CSS(#s)",
        "{\"expect\":{\"text\":\"Saved\"}}|expect text Saved",
        "{\"expect\":\"visible Saved\"}|expect visible TEXT(Saved)",
        "{\"wait\":{\"url\":\"*/done\"}}|wait url */done",
        "{\"wait\":\"text Done\",\"timeout\":\"PT5S\"}|wait text Done",
      })
  void areReadAsObjects(String json, String read) {
    assertThat(text(StepDecoder.command(Plain.map(Canonical.read(json))))).isEqualTo(read);
  }
}
