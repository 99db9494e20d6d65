package io.sluice.expression;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one evaluation sees.
///
/// @param document what is read; not changed
/// @param now what `$now()` and `$millis()` tell, or null where there is no time; a replay must
///   give the moment that was given first
public record Scope(Map<String, ? extends @Nullable Object> document, @Nullable Instant now) {}
