package io.sluice.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The fast way for paths gives what the library gives, on random documents.
class PathTest {
  private static final String[] NAMES = {"a", "b", "c"};

  @Test
  void agreesWithTheLibrary() {
    long base = System.nanoTime();
    int answered = 0;
    for (int i = 0; i < 5_000; i++) {
      answered += check(base + i);
    }
    assertThat(answered).isGreaterThan(400);
  }

  @Test
  void isForPathsOnly() {
    for (String source :
        List.of("a.b + 1", "a[x]", "a.$b", "a.*", "true", "null", "a.and", "a..b", "", "a[0][1]")) {
      assertThat(Path.of(source)).as(source).isNull();
    }
  }

  private static int check(long seed) {
    var random = new Random(seed);
    @SuppressWarnings("unchecked")
    var document = (Map<String, Object>) object(random, 4);
    String source = source(random);
    Object fast = Path.of(source).find(document);
    // A block is no path, so that the library evaluates it.
    Object slow = Expression.of("(" + source + ")").evaluate(document);
    if (fast == Path.UNSURE) {
      return 0;
    }
    assertThat(fast).as("seed %d: %s of %s", seed, source, document).isEqualTo(slow);
    return fast == null ? 0 : 1;
  }

  private static String source(Random random) {
    var source = new StringBuilder();
    int steps = 1 + random.nextInt(4);
    for (int i = 0; i < steps; i++) {
      source.append(i == 0 ? "" : ".").append(NAMES[random.nextInt(3)]);
      if (random.nextInt(3) == 0) {
        source.append('[').append(random.nextInt(5) - 2).append(']');
      }
    }
    return source.toString();
  }

  private static Object object(Random random, int depth) {
    var object = new LinkedHashMap<String, Object>();
    for (String name : NAMES) {
      if (random.nextInt(6) > 0) {
        object.put(name, value(random, depth - 1));
      }
    }
    return object;
  }

  private static Object value(Random random, int depth) {
    return switch (depth <= 0 ? 3 + random.nextInt(5) : random.nextInt(8)) {
      case 0, 1 -> object(random, depth);
      case 2 -> {
        var list = new ArrayList<Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      case 3 -> null;
      case 4 -> random.nextInt(100);
      case 5 -> random.nextInt(100) + 0.5;
      case 6 -> "text";
      default -> random.nextBoolean();
    };
  }
}
