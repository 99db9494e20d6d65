package io.sluice.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// JSON by Jackson 3. Fields that a type does not know are passed over, so that an older node reads
/// what a newer one wrote.
public final class JacksonCodec implements Codec {
  private final JsonMapper mapper;
  private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();
  private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();

  /// With Jackson's defaults.
  public JacksonCodec() {
    this(JsonMapper.builder().findAndAddModules().build());
  }

  /// With a mapper of the caller's.
  public JacksonCodec(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /// Looked up first, because many threads do so at once and `computeIfAbsent` may lock.
  private ObjectReader reader(Class<?> type) {
    var known = readers.get(type);
    return known == null ? readers.computeIfAbsent(type, mapper::readerFor) : known;
  }

  private ObjectWriter writer(Class<?> type) {
    var known = writers.get(type);
    return known == null ? writers.computeIfAbsent(type, mapper::writerFor) : known;
  }

  @Override
  public String encode(@Nullable Object value) {
    try {
      return value == null ? "null" : writer(value.getClass()).writeValueAsString(value);
    } catch (JacksonException e) {
      throw new EngineProblem.BadInput(
          "A "
              + (value == null ? "null" : value.getClass().getName())
              + " can not be written as JSON: "
              + e.getOriginalMessage(),
          e);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // the JSON null is null, as the interface says
  public <T extends @Nullable Object> T decode(String json, Class<T> type) {
    if (json.equals("null") || type == Void.class) {
      return null;
    }
    try {
      return reader(type).readValue(json);
    } catch (JacksonException e) {
      throw new EngineProblem.BadInput(
          "JSON does not fit " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }
}
