package io.sluice.workflow.work;

import io.sluice.workflow.StepOutcome;
import io.sluice.workflow.StepOutcome.Begun;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads what jobs and steps have recorded. What an older version has recorded in another shape is
/// shown as it is, or not at all: nobody who only looks is to fail of it.
@Component
class Values {
  private final JsonMapper mapper;

  Values(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /// Plain JSON.
  @Nullable Object plain(@Nullable String json) {
    return json == null ? null : mapper.readValue(json, Object.class);
  }

  /// A record of a type.
  <T> Optional<T> read(@Nullable String json, Class<T> type) {
    try {
      return json == null ? Optional.empty() : Optional.ofNullable(mapper.readValue(json, type));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  Optional<StepOutcome> outcome(@Nullable String json) {
    return read(json, StepOutcome.class);
  }

  Optional<Begun> begun(@Nullable String json) {
    return read(json, Begun.class);
  }

  /// When a step is due again, as it is recorded while it is tried again.
  @Nullable Instant due(@Nullable String json) {
    try {
      return plain(json) instanceof String text ? Instant.parse(text) : null;
    } catch (DateTimeParseException | JacksonException e) {
      return null;
    }
  }
}
