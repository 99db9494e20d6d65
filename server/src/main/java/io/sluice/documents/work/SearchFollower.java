package io.sluice.documents.work;

import io.sluice.documents.search.IndexBatch;
import io.sluice.documents.search.SearchHit;
import io.sluice.documents.search.SearchIndex;
import io.sluice.documents.search.SearchRequest;
import io.sluice.documents.store.ChunkStore;
import io.sluice.documents.store.DocumentStore;
import io.sluice.engine.Operations;
import io.sluice.engine.Operations.EventCursor;
import io.sluice.engine.Operations.EventView;
import io.sluice.platform.SluiceSettings;
import io.sluice.providers.EmbeddingModel;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Keeps the search index at what the database says. Follows the events of documents, commit by
/// commit; an index that is missing, damaged, of another model or database, or too far behind is
/// made anew from the chunks.
@Component
public class SearchFollower implements AutoCloseable {
  /// Announces that a document's chunks were committed.
  public static final String EMBEDDED = "document.embedded";

  /// Announces that a document was removed.
  public static final String DELETED = "document.deleted";

  private static final Logger LOG = LoggerFactory.getLogger(SearchFollower.class);
  private static final int PAGE = 500;

  private final SluiceSettings settings;
  private final ChunkStore chunks;
  private final DocumentStore documents;
  private final Operations operations;
  private final EmbeddingModel model;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SearchIndex index;
  private @Nullable EventCursor seen;
  private boolean closed;

  SearchFollower(
      SluiceSettings settings,
      ChunkStore chunks,
      DocumentStore documents,
      Operations operations,
      EmbeddingModel model) {
    this.settings = settings;
    this.chunks = chunks;
    this.documents = documents;
    this.operations = operations;
    this.model = model;
  }

  /// Searches what was committed before the call.
  public List<SearchHit> search(SearchRequest request) {
    return with(current -> current.search(request));
  }

  /// How many chunks can be found.
  public int count() {
    return with(SearchIndex::count);
  }

  /// Files may be damaged or removed under an open index: it is opened again, and thereby made anew
  /// where that is needed. Twice in a row is a failure.
  private <T> T with(Function<SearchIndex, T> use) {
    try {
      return use.apply(followed());
    } catch (UncheckedIOException | AlreadyClosedException e) {
      LOG.warn("the search index failed and is opened again: {}", e.toString());
      discard();
      return use.apply(followed());
    }
  }

  private void discard() {
    lock.lock();
    try {
      var broken = index;
      index = null;
      seen = null;
      if (broken != null) {
        broken.close();
      }
    } catch (UncheckedIOException e) {
      LOG.debug("a broken search index could not be closed", e);
    } finally {
      lock.unlock();
    }
  }

  /// The index, at what the database says now.
  private SearchIndex followed() {
    lock.lock();
    try {
      var current = index == null ? open() : index;
      follow(current);
      return current;
    } finally {
      lock.unlock();
    }
  }

  private SearchIndex open() {
    if (closed) {
      throw new IllegalStateException("the search index is closed");
    }
    var generation = documents.installation() + "/" + model.name() + "/" + model.version() + "/1";
    var opened = SearchIndex.open(settings.data().resolve("search"), generation);
    index = opened;
    seen = null;
    if (stale(opened)) {
      rebuild(opened);
    }
    return opened;
  }

  private boolean stale(SearchIndex opened) {
    if (opened.cursor().isEmpty()) {
      return true;
    }
    follow(opened);
    int indexed = opened.count();
    int stored = chunks.count(model.name(), model.version());
    if (indexed != stored) {
      LOG.warn("the search index has {} chunks, the database {}: it is made anew", indexed, stored);
    }
    return indexed != stored;
  }

  /// Made from the chunks; what is committed meanwhile is followed from the cursor taken before.
  private void rebuild(SearchIndex target) {
    var from = write(operations.now());
    seen = null;
    target.rebuild();
    chunks.eachIndexed(
        model.name(), model.version(), page -> target.apply(IndexBatch.of(page, "")));
    target.apply(IndexBatch.of(List.of(), from));
    if (target.count() > 0) {
      LOG.info("the search index was made from {} chunks", target.count());
    }
  }

  /// Events that are not about documents move the place in memory only; it is committed with the
  /// next batch.
  private void follow(SearchIndex target) {
    var at = seen == null ? read(target.cursor()) : seen;
    while (true) {
      var page = operations.events(at, PAGE);
      if (page.events().isEmpty()) {
        return;
      }
      at = page.next();
      apply(target, page.events(), write(at));
      seen = at;
    }
  }

  private void apply(SearchIndex target, List<EventView> events, String cursor) {
    var embedded = new LinkedHashSet<UUID>();
    var gone = new LinkedHashSet<UUID>();
    for (var event : events) {
      if (event.subject() != null && event.code().equals(EMBEDDED)) {
        embedded.add(event.subject());
      } else if (event.subject() != null && event.code().equals(DELETED)) {
        gone.add(event.subject());
      }
    }
    gone.addAll(embedded);
    if (gone.isEmpty() && events.size() < PAGE) {
      return;
    }
    var upserts = new ArrayList<io.sluice.documents.search.IndexedChunk>();
    embedded.forEach(d -> upserts.addAll(chunks.indexed(d, model.name(), model.version())));
    target.apply(new IndexBatch(upserts, List.of(), List.copyOf(gone), cursor));
  }

  private static String write(EventCursor cursor) {
    return cursor.xid() + ":" + cursor.seq();
  }

  private static EventCursor read(String cursor) {
    var parts = cursor.split(":", 2);
    return new EventCursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (index != null) {
        index.close();
        index = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
