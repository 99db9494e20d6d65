package io.sluice.providers.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.providers.ParseLimits;
import io.sluice.providers.ParseOutcome.Parsed;
import io.sluice.providers.ParseProgress;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParserProcessLifeTest {

  @TempDir Path directory;

  @Test
  void replacesProcessThatServedItsTime() throws InterruptedException {
    Path pdf = new Samples(directory).pdf("a.pdf", "Text");
    try (var pool =
        new ParserPool(new ParserSettings(ParserLaunch.sameJvm(128), 1, 2, directory))) {
      var pids = new ArrayList<Long>();
      for (int i = 0; i < 3; i++) {
        assertThat(pool.parse(pdf, ParseLimits.defaults(), ParseProgress.NONE))
            .isInstanceOf(Parsed.class);
        pids.addAll(pool.pids());
      }
      assertThat(pids).hasSize(3);
      assertThat(pids.get(1)).isEqualTo(pids.get(0));
      assertThat(pids.get(2)).isNotEqualTo(pids.get(0));
    }
  }

  @Test
  void childEndsAndCleansUpWhenItsParentIsGone() throws Exception {
    Path own = OwnDirectory.create(directory);
    var command = new ArrayList<>(ParserLaunch.sameJvm(128).command());
    command.add(1, "-Djava.io.tmpdir=" + own);
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(child.getInputStream().read()).isEqualTo('R');
    // What the kernel does to the pipe of a parent that was killed.
    child.getOutputStream().close();
    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.exists(own)).isFalse();
  }

  @Test
  void tellsWhyNoProcessStarted() {
    var launch =
        new ParserLaunch(List.of(ParserLaunch.sameJvm(128).command().getFirst(), "-Xnonsense"));
    try (var pool = new ParserPool(new ParserSettings(launch, 1, 1, directory))) {
      assertThatThrownBy(pool::warmUp)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("did not start");
    }
  }
}
