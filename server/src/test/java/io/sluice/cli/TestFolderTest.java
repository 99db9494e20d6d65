package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sluice test push`, `pull` and `validate`, against a real server.
class TestFolderTest {
  private static final Path EXAMPLES = Path.of("../examples/tests");

  @TempDir Path home;

  private CommandRun run(String... args) {
    var server = SharedServer.calls().base().toString();
    return CommandRun.of(home, Map.of("SLUICE_URL", server), args);
  }

  @Test
  void theExamplesGoThereAndBack() throws IOException {
    var checked = run("test", "validate", EXAMPLES.toString());
    assertThat(checked.err()).contains("checked, nothing stored");
    assertThat(checked.exit()).isEqualTo(Exit.OK);
    var pushed = run("test", "push", EXAMPLES.toString());
    assertThat(pushed.exit()).as(pushed.err()).isEqualTo(Exit.OK);
    assertThat(pushed.out()).contains("created", "Smart home", "cases/lights/kitchen-on.yaml");
    assertThat(run("test", "push", EXAMPLES.toString()).out())
        .contains("unchanged")
        .doesNotContain("created", "updated");

    var folder = home.resolve("pulled");
    var pulled = run("test", "pull", folder.toString(), "--suite", "Smoke");
    assertThat(pulled.exit()).as(pulled.err()).isEqualTo(Exit.OK);
    var file = folder.resolve("cases/lights/kitchen-on.yaml");
    assertThat(file).hasSameTextualContentAs(EXAMPLES.resolve("cases/lights/kitchen-on.yaml"));

    // A comment of one's own stays, as the file says the same.
    Files.writeString(file, "# mine\n" + Files.readString(file));
    assertThat(run("test", "pull", folder.toString(), "--suite", "Smoke").err())
        .contains("0 files written");
    assertThat(file).content().startsWith("# mine");
    Files.writeString(file, "name: another\n");
    assertThat(run("test", "pull", folder.toString(), "--suite", "Smoke").out().strip())
        .isEqualTo("cases/lights/kitchen-on.yaml");
  }

  @Test
  void mistakesAreToldWithFileAndLine() throws IOException {
    Files.writeString(home.resolve("a.yaml"), "name: A\ntype: voice\nlanguages:\n  en_US: {}\n");
    for (var command : new String[] {"push", "validate"}) {
      var run = run("test", command, home.toString());
      assertThat(run.exit()).isEqualTo(Exit.FAILED);
      assertThat(run.err()).contains("a.yaml:4:", "is no language");
    }
    assertThat(run("test", "push", home.resolve("nowhere").toString()).err())
        .contains("There is no folder");
    Files.createDirectories(home.resolve("empty"));
    assertThat(run("test", "push", home.resolve("empty").toString()).err())
        .contains("There is no test in");
  }

  @Test
  void aloneItIsTheProjectsOwn() {
    assertThat(run("test").exit()).isEqualTo(Exit.USAGE);
    assertThat(run("test", "--help").out()).contains("push", "pull", "validate");
  }
}
