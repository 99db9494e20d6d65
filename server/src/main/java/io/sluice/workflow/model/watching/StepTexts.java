package io.sluice.workflow.model.watching;

import io.sluice.workflow.model.StepType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a definition says of each step, without the steps inside of it: equal when nothing has
/// changed but the order of members.
final class StepTexts {
  private static final Set<String> TYPES =
      Arrays.stream(StepType.values()).map(StepType::name).collect(Collectors.toUnmodifiableSet());

  private final Map<String, Object> texts = new LinkedHashMap<>();

  private StepTexts() {}

  /// By step, something to compare.
  static Map<String, Object> of(Map<String, ? extends @Nullable Object> definition) {
    var texts = new StepTexts();
    texts.steps(definition.get("steps"));
    return texts.texts;
  }

  private void steps(@Nullable Object block) {
    if (block instanceof List<?> list) {
      for (var item : list) {
        if (item instanceof Map<?, ?> step && step.get("id") instanceof String id) {
          texts.put(id, shape(step));
        }
      }
    }
  }

  /// A step is told by its id where it stands inside of another.
  private Object shape(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> map -> {
        var shape = new TreeMap<String, Object>();
        map.forEach((key, member) -> {
          if (isBlock(member)) {
            steps(member);
            shape.put(String.valueOf(key), ids((List<?>) member));
          } else {
            shape.put(String.valueOf(key), shape(member));
          }
        });
        yield shape;
      }
      case List<?> list -> {
        var shape = new ArrayList<Object>();
        list.forEach(item -> shape.add(shape(item)));
        yield shape;
      }
      case Number number -> number.toString();
      default -> value;
    };
  }

  private static boolean isBlock(@Nullable Object value) {
    return value instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(StepTexts::isStep);
  }

  private static boolean isStep(@Nullable Object value) {
    return value instanceof Map<?, ?> step
        && step.get("id") instanceof String
        && step.get("type") instanceof String type
        && TYPES.contains(type);
  }

  private static List<Object> ids(List<?> block) {
    var ids = new ArrayList<Object>();
    block.forEach(s -> ids.add(s instanceof Map<?, ?> step ? String.valueOf(step.get("id")) : ""));
    return ids;
  }
}
