package io.sluice.workflow.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sources.Canonical;
import io.sluice.sources.Finding;
import io.sluice.sources.SourceFormat;
import io.sluice.workflow.model.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random nested definitions. The generator knows by its own count what each step may refer to.
class RandomDefinitionsTest {
  /// A step that reads another one.
  private record Reader(Map<String, Object> config, Set<String> allowed, boolean inLoop) {}

  private static final class Generator {
    final Random chance;
    final List<Reader> readers = new ArrayList<>();
    final List<String> ids = new ArrayList<>();

    Generator(long seed) {
      this.chance = new Random(seed);
    }

    Map<String, Object> definition() {
      var definition = new LinkedHashMap<String, Object>();
      definition.put("name", "random");
      definition.put("steps", block(1, Set.of(), false));
      return definition;
    }

    List<Object> block(int depth, Set<String> outside, boolean inLoop) {
      var steps = new ArrayList<>();
      var before = new LinkedHashMap<String, Set<String>>();
      int size = 1 + chance.nextInt(4);
      for (int i = 0; i < size; i++) {
        var depends = new LinkedHashSet<String>();
        var ancestors = new LinkedHashSet<String>();
        for (var other : before.entrySet()) {
          if (chance.nextInt(3) == 0) {
            depends.add(other.getKey());
            ancestors.add(other.getKey());
            ancestors.addAll(other.getValue());
          }
        }
        var id = "s" + ids.size();
        ids.add(id);
        before.put(id, ancestors);
        var allowed = new LinkedHashSet<>(outside);
        allowed.addAll(ancestors);
        steps.add(step(id, depends, allowed, new Nest(depth, inLoop)));
      }
      Collections.shuffle(steps, chance);
      return steps;
    }

    record Nest(int depth, boolean inLoop) {}

    Map<String, Object> step(String id, Set<String> depends, Set<String> allowed, Nest nest) {
      var step = new LinkedHashMap<String, Object>();
      step.put("id", id);
      var config = new LinkedHashMap<String, Object>();
      int sort = nest.depth() >= 4 ? 0 : chance.nextInt(6);
      switch (sort) {
        case 1 -> {
          step.put("type", "FOR_EACH");
          config.put("items", reference(allowed, nest.inLoop()));
          config.put("steps", block(nest.depth() + 1, allowed, true));
        }
        case 2 -> {
          step.put("type", "CONDITIONAL");
          var branch =
              Map.of(
                  "when", reference(allowed, nest.inLoop()),
                  "steps", block(nest.depth() + 1, allowed, nest.inLoop()));
          config.put("branches", List.of(branch));
          config.put("else", block(nest.depth() + 1, allowed, nest.inLoop()));
        }
        case 3 -> {
          step.put("type", "PARALLEL");
          config.put(
              "branches",
              Map.of(
                  "a", block(nest.depth() + 1, allowed, nest.inLoop()),
                  "b", block(nest.depth() + 1, allowed, nest.inLoop())));
        }
        default -> {
          step.put("type", "DATA_TRANSFORM");
          config.put("expression", reference(allowed, nest.inLoop()));
          readers.add(new Reader(config, allowed, nest.inLoop()));
        }
      }
      step.put("config", config);
      if (!depends.isEmpty()) {
        step.put("dependsOn", List.copyOf(depends));
      }
      return step;
    }

    String reference(Set<String> allowed, boolean inLoop) {
      var item = inLoop && chance.nextBoolean() ? "item" : "input.x";
      return allowed.isEmpty()
          ? item
          : "[" + item + ", steps." + one(List.copyOf(allowed)) + ".output]";
    }

    <T> T one(List<T> list) {
      return list.get(chance.nextInt(list.size()));
    }
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatRefersToAncestorsIsValidAndWhatDoesNotIsToldWhere(long seed) {
    var generator = new Generator(seed);
    var definition = generator.definition();
    assertThat(errors(definition)).as("seed %s: %s", seed, Canonical.json(definition)).isEmpty();
    if (generator.readers.isEmpty()) {
      return;
    }
    var reader = generator.one(generator.readers);
    var wrong = new ArrayList<>(generator.ids);
    wrong.removeAll(reader.allowed());
    reader.config().put("expression", "steps." + generator.one(wrong) + ".output");
    assertThat(errors(definition))
        .as("seed %s: %s", seed, Canonical.json(definition))
        .extracting(Finding::code)
        .containsExactly("NOT_AN_ANCESTOR");
    assertThat(errors(definition).getFirst().pointer())
        .isEqualTo(pointer(definition, reader.config(), "") + "/expression");
    if (!reader.inLoop()) {
      reader.config().put("expression", "item");
      assertThat(errors(definition)).extracting(Finding::code).containsExactly("ITEM_OUTSIDE_LOOP");
    }
  }

  /// Where an object stands, found by its identity.
  @SuppressWarnings("ReferenceEquality")
  private static String pointer(Object in, Object wanted, String at) {
    if (in == wanted) {
      return at;
    }
    var below = new LinkedHashMap<String, Object>();
    if (in instanceof Map<?, ?> map) {
      map.forEach((k, v) -> below.put(String.valueOf(k), v));
    } else if (in instanceof List<?> list) {
      list.forEach(v -> below.put("" + below.size(), v));
    }
    return below.entrySet().stream()
        .map(e -> pointer(e.getValue(), wanted, at + "/" + e.getKey()))
        .filter(p -> !p.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static List<Finding> errors(Map<String, Object> definition) {
    var json = Canonical.json(definition);
    return switch (new DefinitionReader(Limits.DEFAULT).read(json, SourceFormat.JSON)) {
      case Reading.Valid _ -> List.of();
      case Reading.Invalid(List<Finding> errors, List<Finding> _) -> errors;
    };
  }
}
