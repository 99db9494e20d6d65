package io.sluice.testing.model.reading;

import io.sluice.sources.Fields;
import io.sluice.sources.Plain;
import io.sluice.testing.model.TestItem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes items of plain JSON in which nothing is wrong.
final class ItemDecoder {
  private ItemDecoder() {}

  static TestItem item(Map<String, @Nullable Object> map) {
    var json = new Fields(map);
    return new TestItem(
        json.text("name"),
        json.maybe("description"),
        json.texts("tags"),
        Plain.list(json.get("parameters")).stream().map(ItemDecoder::parameter).toList(),
        StepDecoder.steps(json.get("steps")));
  }

  private static TestItem.Parameter parameter(@Nullable Object value) {
    if (value instanceof String name) {
      return new TestItem.Parameter(name, null, true, null);
    }
    var json = Fields.of(value);
    return new TestItem.Parameter(
        json.text("name"),
        json.maybe("description"),
        json.flag("required", !json.has("default")),
        json.get("default"));
  }
}
