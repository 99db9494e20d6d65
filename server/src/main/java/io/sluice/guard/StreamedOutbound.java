package io.sluice.guard;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// Makes outbound HTTP calls whose bodies are sent piece by piece, while the answer is heard
/// already: speech, for instance. Guarded as [Outbound] is; always HTTP/1.1, in chunks, on a
/// connection of its own, without redirects.
public interface StreamedOutbound {
  /// Makes a call.
  ///
  /// @param call without a body
  /// @param body writes it; on a thread of its own
  /// @param listener hears the answer as it comes; on another thread
  /// @throws NotNow if the call was not made
  /// @throws CallFailure if no whole answer came
  /// @throws InterruptedException if the thread was interrupted; the call is cut off
  Answer stream(Call call, Writing body, Listener listener) throws InterruptedException;

  /// Writes a body. What is flushed goes out as a chunk at once.
  @FunctionalInterface
  interface Writing {
    /// Writes all of it. An answer that ends before makes `out` fail, which is no failure of the
    /// call.
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  /// Hears an answer as it comes.
  @FunctionalInterface
  interface Listener {
    /// For callers who can wait.
    Listener NONE = (_, _) -> {};

    /// More of the answer's body.
    ///
    /// @param bytes not to be kept
    /// @param since the start of the call
    void received(byte[] bytes, Duration since);
  }
}
