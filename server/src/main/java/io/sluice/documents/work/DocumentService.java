package io.sluice.documents.work;

import io.sluice.documents.ChunkView;
import io.sluice.documents.DocumentProblem;
import io.sluice.documents.DocumentView;
import io.sluice.documents.Documents;
import io.sluice.documents.Hit;
import io.sluice.documents.search.SearchHit;
import io.sluice.documents.search.SearchRequest;
import io.sluice.documents.store.ChunkStore;
import io.sluice.documents.store.DocumentStore;
import io.sluice.documents.store.TextStore;
import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.IdSource;
import io.sluice.engine.JobEvent;
import io.sluice.engine.JobId;
import io.sluice.engine.JobState;
import io.sluice.engine.JobView;
import io.sluice.engine.Jobs;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.platform.Digests;
import io.sluice.platform.SpringTx;
import io.sluice.providers.EmbeddingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;

/// The door of the module, opened.
@Service
class DocumentService implements Documents {
  private static final int LONGEST_NAME = 255;
  private static final int MOST_TRIES = 3;

  private final DocumentStore documents;
  private final TextStore texts;
  private final ChunkStore chunks;
  private final Parsing parsing;
  private final SearchFollower search;
  private final EmbeddingModel model;
  private final Jobs jobs;
  private final Operations operations;
  private final SpringTx transactions;
  private final IdSource ids;

  DocumentService(
      Stores stores,
      Parsing parsing,
      SearchFollower search,
      EmbeddingModel model,
      Jobs jobs,
      Operations operations,
      SpringTx transactions,
      IdSource ids) {
    this.documents = stores.documents();
    this.texts = stores.texts();
    this.chunks = stores.chunks();
    this.parsing = parsing;
    this.search = search;
    this.model = model;
    this.jobs = jobs;
    this.operations = operations;
    this.transactions = transactions;
    this.ids = ids;
  }

  @Override
  public Upload upload(TenantId tenant, String name, Path file) {
    var sha = Digests.sha256(file);
    var known = documents.findBySha(tenant, sha);
    return known.isPresent()
        ? new Upload(view(known.get()), false)
        : create(tenant, label(name), sha, file);
  }

  /// The bytes, the document and its job, or nothing of them.
  private Upload create(TenantId tenant, String name, String sha, Path file) {
    for (int tries = 1; ; tries++) {
      try {
        boolean created = transactions.in(tx -> insert(tx, tenant, name, sha, file)) != null;
        var row = documents.findBySha(tenant, sha);
        if (row.isPresent()) {
          return new Upload(view(row.get()), created);
        }
      } catch (DataIntegrityViolationException e) {
        // The same bytes were just being deleted: they are gone now.
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /// @return null if somebody else's upload of the same bytes was quicker
  private @Nullable JobId insert(Tx tx, TenantId tenant, String name, String sha, Path file) {
    documents.putContent(tenant, sha, file);
    var document = new DocumentStore.New(ids.next(), tenant, name, sha, size(file), ids.next());
    if (!documents.insert(document)) {
      return null;
    }
    var request = new IngestRequest(document.id(), sha, name);
    var job = jobs.enqueue(tx, IngestHandler.KIND, request, EnqueueOptions.of(tenant)).job();
    documents.setJob(document.id(), job.value());
    return job;
  }

  @Override
  public List<DocumentView> list(TenantId tenant, @Nullable UUID before, int limit) {
    var rows = documents.list(tenant, before, limit);
    Map<UUID, JobView> byId =
        operations.jobs(rows.stream().map(r -> new JobId(r.job())).toList()).stream()
            .collect(Collectors.toMap(j -> j.id().value(), Function.identity()));
    return rows.stream().map(r -> DocumentViews.of(r, byId.get(r.job()))).toList();
  }

  @Override
  public DocumentView get(TenantId tenant, UUID id) {
    return view(row(tenant, id));
  }

  private DocumentStore.Row row(TenantId tenant, UUID id) {
    return documents.find(tenant, id).orElseThrow(() -> new DocumentProblem.Unknown(id));
  }

  private DocumentView view(DocumentStore.Row row) {
    return DocumentViews.of(row, operations.job(new JobId(row.job())).orElse(null));
  }

  @Override
  public List<ChunkView> chunks(TenantId tenant, UUID id, int from, int limit) {
    row(tenant, id);
    return chunks.of(tenant, id, from, limit);
  }

  @Override
  public String text(TenantId tenant, UUID id) {
    var row = row(tenant, id);
    return texts
        .get(tenant, row.sha256(), parsing.parser())
        .map(TextStore.Text::body)
        .orElseThrow(() -> new DocumentProblem.NoText(id));
  }

  @Override
  public void delete(TenantId tenant, UUID id, String who) {
    var row = row(tenant, id);
    if (operations.job(new JobId(row.job())).filter(j -> !j.state().terminal()).isPresent()) {
      jobs.cancel(new JobId(row.job()), who);
    }
    transactions.in(tx -> {
      chunks.forgetVectors(tenant, id);
      documents.delete(row);
      operations.publish(
          tx,
          tenant,
          new JobEvent(
              "document",
              JobEvent.Severity.INFO,
              SearchFollower.DELETED,
              id,
              Map.of("name", row.name())));
      return true;
    });
  }

  @Override
  public DocumentView reprocess(TenantId tenant, UUID id, String who) {
    var row = row(tenant, id);
    var job = operations.job(new JobId(row.job()));
    if (job.isPresent() && job.get().state() != JobState.DONE) {
      if (!operations.retry(job.get().id(), who)) {
        throw new DocumentProblem.Busy(id);
      }
      return view(row);
    }
    transactions.in(tx -> {
      var fresh =
          jobs.enqueue(
              tx,
              IngestHandler.KIND,
              new IngestRequest(id, row.sha256(), row.name()),
              EnqueueOptions.of(tenant));
      documents.setJob(id, fresh.job().value());
      return true;
    });
    return view(row(tenant, id));
  }

  @Override
  public List<Hit> search(TenantId tenant, String query, int limit, List<UUID> within) {
    var vector = model.embed(List.of(query)).getFirst();
    var hits =
        search.search(new SearchRequest(tenant.value(), query, vector, limit, Set.copyOf(within)));
    Map<UUID, String> names =
        documents
            .find(tenant, hits.stream().map(SearchHit::documentId).distinct().toList())
            .stream()
            .collect(Collectors.toMap(DocumentStore.Row::id, DocumentStore.Row::name));
    var found = new ArrayList<Hit>();
    for (var hit : hits) {
      var name = names.get(hit.documentId());
      if (name != null) {
        found.add(DocumentViews.hit(hit, name));
      }
    }
    return found;
  }

  /// A label: what looks like a path is cut off, and what can not be shown.
  static String label(String name) {
    var last = name.replace('\\', '/');
    last = last.substring(last.lastIndexOf('/') + 1);
    var shown = last.replaceAll("\\p{C}", "").strip();
    if (shown.isEmpty() || shown.equals(".") || shown.equals("..")) {
      return "unnamed";
    }
    return shown.length() > LONGEST_NAME ? shown.substring(shown.length() - LONGEST_NAME) : shown;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
