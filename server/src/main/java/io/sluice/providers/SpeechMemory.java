package io.sluice.providers;

import io.sluice.engine.TenantId;
import java.util.Optional;

/// Knows again what this server's own synthesiser has spoken: a recogniser with a closed
/// vocabulary. It goes by the hash of the samples, so that it is never wrong and knows nothing
/// else.
public interface SpeechMemory {
  /// What was said, if the samples are of ours.
  Optional<Heard> recall(TenantId tenant, Audio audio);

  /// What was said.
  ///
  /// @param language that it was spoken in
  /// @param acoustics it was spoken in
  record Heard(String text, String language, String voice, Acoustics acoustics) {}
}
