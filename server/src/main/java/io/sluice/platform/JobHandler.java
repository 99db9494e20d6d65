package io.sluice.platform;

import io.sluice.engine.Handler;
import io.sluice.engine.Kind;
import org.jspecify.annotations.Nullable;

/// A handler that the server's engine runs: every bean of this type is registered.
///
/// @param <I> the input
/// @param <O> the output
public interface JobHandler<I, O extends @Nullable Object> extends Handler<I, O> {
  /// The kind that it handles.
  Kind<I, O> kind();
}
