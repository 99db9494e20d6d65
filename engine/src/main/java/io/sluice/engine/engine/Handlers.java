package io.sluice.engine.engine;

import io.sluice.engine.Handler;
import io.sluice.engine.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The kinds that this node can run, with their handlers.
final class Handlers {
  private final Map<String, Registered> byKind = new HashMap<>();

  /// A kind with its handler.
  public record Registered(Kind<?, ?> kind, Handler<?, ?> handler) {}

  /// Registers a handler.
  ///
  /// @throws IllegalArgumentException if the kind has one already
  public void add(Kind<?, ?> kind, Handler<?, ?> handler) {
    if (byKind.putIfAbsent(kind.name(), new Registered(kind, handler)) != null) {
      throw new IllegalArgumentException("two handlers for kind '" + kind.name() + "'");
    }
  }

  Registered of(String kind) {
    return Objects.requireNonNull(byKind.get(kind), kind);
  }

  Collection<Kind<?, ?>> kinds() {
    return byKind.values().stream().<Kind<?, ?>>map(Registered::kind).toList();
  }

  List<String> names() {
    return byKind.keySet().stream().sorted().toList();
  }

  List<String> queues() {
    return byKind.values().stream().map(r -> r.kind().queue()).distinct().sorted().toList();
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return byKind.isEmpty();
  }
}
