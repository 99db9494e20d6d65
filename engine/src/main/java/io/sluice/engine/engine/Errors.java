package io.sluice.engine.engine;

import io.sluice.engine.JacksonCodec;
import io.sluice.engine.JobError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How errors are stored, whatever codec the embedder uses for its own values.
final class Errors {
  private static final JacksonCodec CODEC = new JacksonCodec();

  private Errors() {}

  static String encode(JobError error) {
    return CODEC.encode(error);
  }

  static JobError decode(@Nullable String json) {
    return json == null
        ? new JobError("UNKNOWN", "no error was stored", Instant.EPOCH, 0, true, null, null)
        : CODEC.decode(json, JobError.class);
  }
}
