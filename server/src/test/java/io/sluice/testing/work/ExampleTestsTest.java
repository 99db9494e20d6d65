package io.sluice.testing.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.AssetKind;
import io.sluice.testing.CaseType;
import io.sluice.testing.TestFiles.File;
import io.sluice.testing.model.Expansion;
import io.sluice.testing.model.TestItem;
import io.sluice.testing.model.reading.Clips;
import io.sluice.testing.model.reading.Draft;
import io.sluice.testing.model.reading.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The examples are right.
class ExampleTestsTest {
  private static final Path EXAMPLES = Path.of("../examples/tests");

  static List<File> files() throws IOException {
    try (var found = Files.walk(EXAMPLES)) {
      var all = new java.util.ArrayList<File>();
      for (var file : found.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        all.add(new File(EXAMPLES.relativize(file).toString(), Files.readAllBytes(file)));
      }
      return all;
    }
  }

  private static final Links.Others NOTHING =
      new Links.Others() {
        @Override
        public Optional<Map<String, @Nullable Object>> item(String name) {
          return Optional.empty();
        }

        @Override
        public boolean hasCase(String name) {
          return false;
        }

        @Override
        public Collection<String> names(AssetKind kind) {
          return List.of();
        }
      };

  private static final Clips.Place NO_CLIPS =
      new Clips.Place() {
        @Override
        public Optional<String> hash(Clips.Clip clip) {
          return Optional.empty();
        }

        @Override
        public boolean kept(String sha256) {
          return false;
        }
      };

  @Test
  void areValidAsTheyStand() throws IOException {
    var batch = Batch.read(files());
    batch.check(NOTHING, NO_CLIPS);
    var drafts = new java.util.ArrayList<Draft>();
    var told =
        batch.told(entry -> {
          drafts.add(entry.draft());
          return new Batch.Done(null, 1, "created");
        });
    assertThat(told).allSatisfy(f -> assertThat(f.errors()).as(f.path()).isEmpty());
    var items =
        drafts.stream()
            .filter(d -> d.kind() == AssetKind.ITEM)
            .map(Draft::item)
            .collect(Collectors.toMap(TestItem::name, i -> i));
    var cases =
        drafts.stream().filter(d -> d.kind() == AssetKind.CASE).map(Draft::testCase).toList();
    assertThat(cases).allSatisfy(c -> assertThat(Expansion.of(c.steps(), items)).isNotNull());
    assertThat(cases.stream().filter(c -> c.type() == CaseType.VOICE)).hasSize(13);
    assertThat(cases.stream().filter(c -> c.type() == CaseType.HTTP)).hasSize(2);
    assertThat(drafts.stream().filter(d -> d.kind() == AssetKind.SUITE).map(d -> d.suite().name()))
        .containsExactlyInAnyOrder("Smart home", "Smoke");
  }
}
