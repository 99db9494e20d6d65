package io.sluice.api;

import io.sluice.documents.ChunkView;
import io.sluice.documents.DocumentView;
import io.sluice.documents.Documents;
import io.sluice.documents.Hit;
import io.sluice.platform.CurrentTenant;
import io.sluice.platform.Digests;
import io.sluice.platform.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Documents and search.
@RestController
@RequestMapping("/api/v1")
class DocumentRoutes {
  private final Documents documents;
  private final CurrentTenant tenant;
  private final Idempotency idempotency;
  private final TemporaryDirectory temporary;

  DocumentRoutes(
      Documents documents,
      CurrentTenant tenant,
      Idempotency idempotency,
      TemporaryDirectory temporary) {
    this.documents = documents;
    this.tenant = tenant;
    this.idempotency = idempotency;
    this.temporary = temporary;
  }

  /// What an upload did with one file.
  record Uploaded(DocumentView document, boolean created) {}

  @PostMapping(path = "/documents", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<?> upload(
      @RequestParam("file") List<MultipartFile> file,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    var received = new ArrayList<Received>();
    try {
      for (var part : file) {
        received.add(receive(part));
      }
      var fingerprint =
          received.stream().map(Received::fingerprint).collect(Collectors.joining("\n"));
      return idempotency.once(
          key, "POST /documents", fingerprint, HttpStatus.ACCEPTED, () -> store(received));
    } finally {
      received.forEach(Received::discard);
    }
  }

  private Page<Uploaded> store(List<Received> files) {
    var done = new ArrayList<Uploaded>();
    for (var one : files) {
      var upload = documents.upload(tenant.get(), one.name(), one.file());
      done.add(new Uploaded(upload.document(), upload.created()));
    }
    return Page.all(done);
  }

  /// A file of the request, on disk.
  private record Received(String name, Path file, String fingerprint) {
    void discard() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Received receive(MultipartFile part) {
    try {
      var file = temporary.file("upload");
      var name = part.getOriginalFilename() == null ? "unnamed" : part.getOriginalFilename();
      return receive(part, name, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Received receive(MultipartFile part, String name, Path file) throws IOException {
    try {
      part.transferTo(file);
      return new Received(name, file, name + " " + Digests.sha256(file));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  @GetMapping("/documents")
  Page<DocumentView> list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    return Page.of(
        documents.list(tenant.get(), Page.after(cursor), size + 1), size, DocumentView::id, d -> d);
  }

  @GetMapping("/documents/{id}")
  DocumentView get(@PathVariable UUID id) {
    return documents.get(tenant.get(), id);
  }

  @GetMapping("/documents/{id}/chunks")
  Page<ChunkView> chunks(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    int size = Page.limit(limit);
    int from = cursor == null ? 0 : Ords.read(cursor);
    var read = documents.chunks(tenant.get(), id, from, size + 1);
    var next = read.size() > size ? Ords.write(read.get(size).ord()) : null;
    return new Page<>(read.stream().limit(size).toList(), next);
  }

  @GetMapping(path = "/documents/{id}/content", produces = "text/markdown;charset=UTF-8")
  String content(@PathVariable UUID id) {
    return documents.text(tenant.get(), id);
  }

  @DeleteMapping("/documents/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable UUID id) {
    documents.delete(tenant.get(), id, tenant.who());
  }

  @PostMapping("/documents/{id}/reprocess")
  ResponseEntity<?> reprocess(
      @PathVariable UUID id,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    return idempotency.once(
        key,
        "POST /documents/reprocess",
        id.toString(),
        HttpStatus.ACCEPTED,
        () -> documents.reprocess(tenant.get(), id, tenant.who()));
  }

  @GetMapping("/search")
  Page<Found> search(
      @RequestParam String q,
      @RequestParam(defaultValue = "10") int limit,
      @RequestParam(required = false) @Nullable List<UUID> document) {
    if (q.isBlank()) {
      throw new Page.RequestProblem("BAD_QUERY", "q", "is empty; say what to look for");
    }
    if (q.length() > 2000) {
      throw new Page.RequestProblem(
          "BAD_QUERY", "q", "has more than 2000 characters; ask a shorter question");
    }
    return Page.all(
        documents
            .search(tenant.get(), q, Page.limit(limit), document == null ? List.of() : document)
            .stream()
            .map(Found::of)
            .toList());
  }

  /// A hit with its place in words.
  record Found(
      UUID documentId,
      String documentName,
      UUID chunkId,
      double score,
      @Nullable Integer keywordRank,
      @Nullable Integer vectorRank,
      String place,
      int start,
      int end,
      @Nullable Integer firstPage,
      @Nullable Integer lastPage,
      List<String> headings,
      String text,
      String snippet,
      List<int[]> highlights) {
    static Found of(Hit hit) {
      return new Found(
          hit.documentId(),
          hit.documentName(),
          hit.chunkId(),
          hit.score(),
          hit.keywordRank(),
          hit.vectorRank(),
          hit.place(),
          hit.start(),
          hit.end(),
          hit.firstPage(),
          hit.lastPage(),
          hit.headings(),
          hit.text(),
          hit.snippet(),
          hit.highlights());
    }
  }
}
