package io.sluice.documents;

import io.sluice.engine.TenantId;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The door of the module.
public interface Documents {
  /// What an upload did.
  ///
  /// @param created false if the same bytes were there already: they are not processed again
  record Upload(DocumentView document, boolean created) {}

  /// Takes a file in: its bytes, its document and its job in one transaction.
  ///
  /// @param name a label; what looks like a path in it is cut off
  /// @param file is read here and not needed after
  Upload upload(TenantId tenant, String name, Path file);

  /// Documents, newest first.
  ///
  /// @param before only those older than this one; null: from the newest
  List<DocumentView> list(TenantId tenant, @Nullable UUID before, int limit);

  /// One document.
  ///
  /// @throws DocumentProblem.Unknown if the tenant has none of that id
  DocumentView get(TenantId tenant, UUID id);

  /// The chunks of a document, in order.
  ///
  /// @param from the first `ord` wanted
  List<ChunkView> chunks(TenantId tenant, UUID id, int from, int limit);

  /// The canonical text.
  ///
  /// @throws DocumentProblem.NoText if it was not parsed
  String text(TenantId tenant, UUID id);

  /// Removes a document with its chunks, bytes and text; a running job of it is cancelled.
  void delete(TenantId tenant, UUID id, String who);

  /// Sends a failed document round again.
  ///
  /// @throws DocumentProblem.Busy if it is being processed or is done
  DocumentView reprocess(TenantId tenant, UUID id, String who);

  /// Searches by words and by meaning. Sees the documents whose chunks were committed before the
  /// call, but for those that a transaction still running may precede.
  List<Hit> search(TenantId tenant, String query, int limit, List<UUID> documents);
}
