package io.sluice.documents.work;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.documents.store.DocumentStore;
import io.sluice.documents.store.TextStore;
import io.sluice.engine.JobContext;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.TransientFailure;
import io.sluice.platform.TemporaryDirectory;
import io.sluice.providers.DocumentParser;
import io.sluice.providers.ParseLimits;
import io.sluice.providers.ParseOutcome;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/// Gets a document's bytes to the parser, and its verdict to the job.
@Component
class Parsing {
  private static final String PARSER = "tika-3.3.1/1";

  private final DocumentStore documents;
  private final DocumentParser parser;
  private final TemporaryDirectory temporary;
  private final Counter parsed;

  Parsing(
      DocumentStore documents,
      DocumentParser parser,
      TemporaryDirectory temporary,
      MeterRegistry metrics) {
    this.parsed = metrics.counter("sluice.files.parsed");
    this.documents = documents;
    this.parser = parser;
    this.temporary = temporary;
  }

  /// Name and version of what parses: text of another one is not reused.
  String parser() {
    return PARSER;
  }

  /// Parses.
  ///
  /// @throws PermanentFailure if the file yields no text and never will
  /// @throws TransientFailure if another attempt may do better
  TextStore.Text parse(IngestRequest request, JobContext job)
      throws IOException, InterruptedException {
    var file = temporary.file("parse");
    try {
      fetch(request, job, file);
      parsed.increment();
      var outcome =
          parser.parse(
              file, request.name(), ParseLimits.defaults(), parts -> job.progress(parts, 0));
      return text(outcome);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void fetch(IngestRequest request, JobContext job, Path file) throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      if (documents.copyContent(job.tenant(), request.sha256(), out).isEmpty()) {
        throw new PermanentFailure("DOCUMENT_DELETED", "The document's bytes were deleted");
      }
    }
  }

  private static TextStore.Text text(ParseOutcome outcome) {
    return switch (outcome) {
      case ParseOutcome.Refused refused when refused.transientFailure() ->
          throw new TransientFailure(refused.code().name(), refused.message());
      case ParseOutcome.Refused refused ->
          throw new PermanentFailure(refused.code().name(), refused.message());
      case ParseOutcome.Parsed parsed ->
          new TextStore.Text(
              parsed.text(),
              parsed.pages(),
              parsed.description().title(),
              parsed.description().language(),
              parsed.description().mediaType(),
              parsed.warnings());
    };
  }
}
