package io.sluice.cli;

import io.sluice.cli.http.Query;
import io.sluice.cli.terminal.Texts;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description = {
      "Writes the tests of a server into a folder, each where it came from. Files that say the same already are",
      "left alone, with their comments; files that are not on the server stay.",
      ""
    })
final class TestPullCommand implements Callable<Integer> {
  private final Surroundings here;

  @Parameters(paramLabel = "DIR", description = "a folder; it is made if need be")
  private Path folder = Path.of("");

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description = "only this suite, and the cases and items that it needs")
  private @Nullable String suite;

  @Mixin private final ServerOptions server;

  TestPullCommand(Surroundings here) {
    this.here = here;
    this.server = new ServerOptions(here);
  }

  @Override
  public Integer call() {
    var answer = server.api().get(Query.path("/test-assets/export").with("suite", suite));
    var written = TestFolder.write(folder, answer);
    if (server.json()) {
      server.print(answer);
    } else {
      written.forEach(file -> here.terminal().print(Texts.harmless(file)));
      int same = answer.path("files").size() - written.size();
      here.terminal()
          .note(Texts.count(written.size(), "file") + " written, " + same + " the same as before");
    }
    return Exit.OK;
  }
}
