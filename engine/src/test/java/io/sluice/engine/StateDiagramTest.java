package io.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// The picture is generated from the transition table.
class StateDiagramTest {

  @Test
  void theCommittedPictureIsTheOneThatTheTableMakes() throws IOException {
    var file = Docs.file("states/job.md");
    if (Boolean.getBoolean("sluice.regenerate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, StateDiagram.markdown());
    }
    assertThat(file).exists();
    assertThat(Files.readString(file))
        .as("run the test again with -Dsluice.regenerate=true, and commit the file")
        .isEqualTo(StateDiagram.markdown());
  }
}
