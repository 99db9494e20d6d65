package io.sluice.documents.work;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.documents.Stage;
import io.sluice.documents.model.Chunk;
import io.sluice.documents.model.ChunkSettings;
import io.sluice.documents.model.ChunkSource;
import io.sluice.documents.model.Chunker;
import io.sluice.documents.store.ChunkStore;
import io.sluice.documents.store.DocumentStore;
import io.sluice.documents.store.TextStore;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobContext;
import io.sluice.engine.JobEvent;
import io.sluice.engine.Kind;
import io.sluice.engine.PermanentFailure;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.TransientFailure;
import io.sluice.platform.JobHandler;
import io.sluice.providers.EmbeddingModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Takes a document through its nine stages. Every stage is a step: what one has recorded is not
/// done again, whichever worker goes on.
@Component
public class IngestHandler implements JobHandler<IngestRequest, IngestHandler.Receipt> {
  /// The kind.
  public static final Kind<IngestRequest, Receipt> KIND =
      Kind.of("document.ingest", IngestRequest.class, Receipt.class)
          .inQueue("documents")
          .withStages(Stage.names())
          .withRetry(RetryPolicy.exponential(4, Duration.ofSeconds(2), Duration.ofMinutes(2)))
          .withAttemptTimeout(Duration.ofHours(2));

  private static final int BATCH = 32;

  private final DocumentStore documents;
  private final TextStore texts;
  private final ChunkStore chunks;
  private final Parsing parsing;
  private final EmbeddingModel model;
  private final IdSource ids;
  private final Counter embedded;
  private final Chunker chunker;

  IngestHandler(
      DocumentStore documents,
      TextStore texts,
      ChunkStore chunks,
      Parsing parsing,
      EmbeddingModel model,
      IdSource ids,
      MeterRegistry metrics) {
    this.documents = documents;
    this.texts = texts;
    this.chunks = chunks;
    this.parsing = parsing;
    this.model = model;
    this.ids = ids;
    this.embedded = metrics.counter("sluice.texts.embedded");
    this.chunker = new Chunker(ChunkSettings.defaults(), model::countTokens);
  }

  /// What is left of a run: where the text lies, and how much there is of it.
  ///
  /// @param parser name and version of what parsed it
  public record Parsed(String parser, int characters, int pages) {}

  /// What there is to embed.
  ///
  /// @param total different texts in the document
  /// @param missing those without a vector of the model
  public record EmbeddingPlan(String model, String version, int total, int missing) {}

  /// How it ended.
  public record Receipt(int chunks, String model, String version) {}

  @Override
  public Kind<IngestRequest, Receipt> kind() {
    return KIND;
  }

  @Override
  public Receipt run(IngestRequest request, JobContext job) throws Exception {
    try {
      return stages(request, job);
    } catch (PermanentFailure | TransientFailure failure) {
      announce(failure, request, job);
      throw failure;
    }
  }

  /// The audit log tells of every attempt that failed. Not told is not worth losing the failure
  /// for.
  private static void announce(RuntimeException failure, IngestRequest request, JobContext job) {
    boolean forGood = failure instanceof PermanentFailure;
    var code =
        switch (failure) {
          case PermanentFailure permanent -> permanent.code();
          case TransientFailure passing -> passing.code();
          default -> "FAILED";
        };
    try {
      job.emit(
          new JobEvent(
              "error",
              forGood ? JobEvent.Severity.ERROR : JobEvent.Severity.WARN,
              code,
              request.document(),
              Map.of(
                  "error_type", code,
                  "message", String.valueOf(failure.getMessage()),
                  "retry_count", job.attempt())));
    } catch (RuntimeException untold) {
      failure.addSuppressed(untold);
    }
  }

  private Receipt stages(IngestRequest request, JobContext job) throws Exception {
    job.step(Stage.QUEUED.sql(), Boolean.class, () -> true);
    job.step(Stage.JOB_VALIDATED.sql(), Boolean.class, () -> validate(request, job));
    var parser = job.step(Stage.PARSING.sql(), String.class, parsing::parser);
    var parsed = job.step(Stage.PARSED.sql(), Parsed.class, () -> parse(request, parser, job));
    job.step(Stage.PARSE_VALIDATED.sql(), Boolean.class, () -> describe(request, parsed, job));
    var cutBy =
        job.step(
            Stage.CHUNKING.sql(),
            String[].class,
            () -> new String[] {Chunker.NAME, Chunker.VERSION});
    int total =
        job.transaction(
            Stage.CHUNKS_BUFFERED.sql(), Integer.class, tx -> cut(request, parsed, cutBy, job, tx));
    var plan = job.step(Stage.EMBEDDING.sql(), EmbeddingPlan.class, () -> plan(request, total));
    embed(request, plan, job);
    return job.transaction(Stage.EMBEDDED.sql(), Receipt.class, tx -> commit(request, plan, tx));
  }

  private boolean validate(IngestRequest request, JobContext job) {
    var document =
        documents
            .find(job.tenant(), request.document())
            .orElseThrow(
                () -> new PermanentFailure("DOCUMENT_DELETED", "The document was deleted"));
    if (!document.sha256().equals(request.sha256())) {
      throw new PermanentFailure(
          "CONTENT_CHANGED", "The document's bytes are not those that this job was made for");
    }
    return true;
  }

  private Parsed parse(IngestRequest request, String parser, JobContext job) throws Exception {
    var known = texts.get(job.tenant(), request.sha256(), parser);
    var text = known.isPresent() ? known.get() : parsing.parse(request, job);
    if (known.isEmpty()) {
      texts.put(job.tenant(), request.sha256(), parser, text);
    }
    return new Parsed(parser, text.body().length(), text.pages().size());
  }

  private TextStore.Text text(IngestRequest request, Parsed parsed, JobContext job) {
    return texts
        .get(job.tenant(), request.sha256(), parsed.parser())
        .orElseThrow(
            () -> new PermanentFailure("DOCUMENT_DELETED", "The document's text was deleted"));
  }

  private boolean describe(IngestRequest request, Parsed parsed, JobContext job) {
    var text = text(request, parsed, job);
    if (text.body().isBlank()) {
      throw new PermanentFailure("EMPTY_TEXT", "There is no text in the document");
    }
    documents.describe(
        request.document(),
        new DocumentStore.Description(
            text.mediaType(),
            text.title(),
            text.language(),
            parsed.pages() == 0 ? null : parsed.pages(),
            parsed.characters(),
            text.warnings()));
    return true;
  }

  private int cut(
      IngestRequest request, Parsed parsed, String[] cutBy, JobContext job, JobContext.StepTx tx)
      throws Exception {
    var text = text(request, parsed, job);
    List<Chunk> cut = chunker.chunk(new ChunkSource(text.body(), text.pages(), text.title()));
    var by = new ChunkStore.Chunker(cutBy[0], cutBy[1]);
    chunks.putDrafts(tx.connection(), job.tenant(), request.document(), cut, by, ids::next);
    return cut.size();
  }

  private EmbeddingPlan plan(IngestRequest request, int total) {
    int missing = chunks.missingCount(request.document(), model.name(), model.version());
    return new EmbeddingPlan(model.name(), model.version(), total, missing);
  }

  /// Batch by batch, each stored as it comes: what a crash cuts short is one batch.
  private void embed(IngestRequest request, EmbeddingPlan plan, JobContext job) {
    if (!plan.model().equals(model.name()) || !plan.version().equals(model.version())) {
      throw new PermanentFailure(
          "MODEL_CHANGED", "The embedding model was changed meanwhile; reprocess the document");
    }
    while (!job.cancelled()) {
      int left = chunks.missingCount(request.document(), plan.model(), plan.version());
      job.progress(plan.total() - left, plan.total());
      if (left == 0) {
        return;
      }
      var texts = chunks.missing(request.document(), plan.model(), plan.version(), BATCH);
      var vectors = model.embed(texts.stream().map(ChunkStore.Missing::embedded).toList());
      embedded.increment(texts.size());
      for (int i = 0; i < texts.size(); i++) {
        chunks.putVector(
            job.tenant(), texts.get(i).sha(), plan.model(), plan.version(), vectors.get(i));
      }
    }
    job.progress(0, plan.total());
  }

  private Receipt commit(IngestRequest request, EmbeddingPlan plan, JobContext.StepTx tx)
      throws Exception {
    int made = ChunkStore.commit(tx.connection(), request.document(), plan.model(), plan.version());
    tx.emit(
        new JobEvent(
            "document",
            JobEvent.Severity.INFO,
            SearchFollower.EMBEDDED,
            request.document(),
            Map.of(
                "chunks", made, "reused", plan.total() - plan.missing(), "model", plan.model())));
    return new Receipt(made, plan.model(), plan.version());
  }
}
