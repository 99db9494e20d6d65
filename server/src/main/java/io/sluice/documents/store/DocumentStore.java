package io.sluice.documents.store;

import io.sluice.engine.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Documents and their bytes.
@Repository
public class DocumentStore {
  private static final int PIECE_BYTES = 1 << 20;

  static final String INSERT_CONTENT =
      """
      insert into sluice.content (tenant_id, sha256, size_bytes) values (:tenant, :sha, :size)
      on conflict (tenant_id, sha256) do nothing
      """;

  static final String INSERT_PIECE =
      "insert into sluice.content_piece (tenant_id, sha256, ord, bytes) values (:tenant, :sha, :ord, :bytes)";

  static final String PIECE =
      "select bytes from sluice.content_piece where tenant_id = :tenant and sha256 = :sha and ord = :ord";

  static final String CONTENT_SIZE =
      "select size_bytes from sluice.content where tenant_id = :tenant and sha256 = :sha";

  /// Two uploads of the same bytes follow each other here; the second one finds the first one's
  /// document.
  static final String INSERT_DOCUMENT =
      """
      insert into sluice.documents (document_id, tenant_id, name, sha256, size_bytes, job_id)
      values (:id, :tenant, :name, :sha, :size, :job)
      on conflict (tenant_id, sha256) do nothing
      """;

  static final String COLUMNS =
      """
      select document_id, tenant_id, name, sha256, size_bytes, job_id, media_type, title, language, pages, characters,
        chunks, warnings::text, created_at, ready_at
      from sluice.documents
      """;

  static final String BY_ID = COLUMNS + " where tenant_id = :tenant and document_id = :id";
  static final String BY_SHA = COLUMNS + " where tenant_id = :tenant and sha256 = :sha";
  static final String BY_IDS = COLUMNS + " where tenant_id = :tenant and document_id in (:ids)";

  static final String LIST =
      COLUMNS
          + """
           where tenant_id = :tenant and (:before::uuid is null or document_id < :before::uuid)
          order by document_id desc limit :limit
          """;

  static final String DESCRIBE =
      """
      update sluice.documents
      set media_type = :mediaType, title = :title, language = :language, pages = :pages, characters = :characters,
        warnings = :warnings::jsonb
      where document_id = :id
      """;

  static final String SET_JOB = "update sluice.documents set job_id = :job where document_id = :id";

  static final String DELETE =
      "delete from sluice.documents where tenant_id = :tenant and document_id = :id";

  static final String DELETE_CONTENT =
      "delete from sluice.content where tenant_id = :tenant and sha256 = :sha";

  static final String INSTALLATION = "select id from sluice.installation";

  /// A document's row.
  public record Row(
      UUID id,
      TenantId tenant,
      String name,
      String sha256,
      long sizeBytes,
      UUID job,
      @Nullable String mediaType,
      @Nullable String title,
      @Nullable String language,
      @Nullable Integer pages,
      @Nullable Integer characters,
      @Nullable Integer chunks,
      List<String> warnings,
      Instant createdAt,
      @Nullable Instant readyAt) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  DocumentStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Stores bytes, unless they are there. Belongs in a transaction.
  public void putContent(TenantId tenant, String sha, Path file) {
    try (var in = Files.newInputStream(file)) {
      int made =
          jdbc.sql(INSERT_CONTENT)
              .param("tenant", tenant.value())
              .param("sha", sha)
              .param("size", Files.size(file))
              .update();
      if (made == 1) {
        putPieces(tenant, sha, in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void putPieces(TenantId tenant, String sha, InputStream in) throws IOException {
    byte[] piece;
    for (int ord = 0; (piece = in.readNBytes(PIECE_BYTES)).length > 0; ord++) {
      jdbc.sql(INSERT_PIECE)
          .param("tenant", tenant.value())
          .param("sha", sha)
          .param("ord", ord)
          .param("bytes", piece)
          .update();
    }
  }

  /// Writes bytes out, a piece at a time.
  ///
  /// @return how many; empty if they are not there
  public Optional<Long> copyContent(TenantId tenant, String sha, OutputStream out)
      throws IOException {
    var size =
        jdbc.sql(CONTENT_SIZE)
            .param("tenant", tenant.value())
            .param("sha", sha)
            .query(Long.class)
            .optional();
    if (size.isEmpty()) {
      return size;
    }
    long copied = 0;
    for (int ord = 0; copied < size.get(); ord++) {
      var piece =
          jdbc.sql(PIECE)
              .param("tenant", tenant.value())
              .param("sha", sha)
              .param("ord", ord)
              .query(byte[].class)
              .optional();
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      out.write(piece.get());
      copied += piece.get().length;
    }
    return size;
  }

  /// A document to insert.
  public record New(
      UUID id, TenantId tenant, String name, String sha256, long sizeBytes, UUID job) {}

  /// Inserts a document.
  ///
  /// @return false if the tenant has one of the same bytes
  public boolean insert(New document) {
    return jdbc.sql(INSERT_DOCUMENT)
            .param("id", document.id())
            .param("tenant", document.tenant().value())
            .param("name", document.name())
            .param("sha", document.sha256())
            .param("size", document.sizeBytes())
            .param("job", document.job())
            .update()
        == 1;
  }

  /// A document by id.
  public Optional<Row> find(TenantId tenant, UUID id) {
    return jdbc.sql(BY_ID)
        .param("tenant", tenant.value())
        .param("id", id)
        .query((row, _) -> read(row))
        .optional();
  }

  /// A document by its bytes.
  public Optional<Row> findBySha(TenantId tenant, String sha) {
    return jdbc.sql(BY_SHA)
        .param("tenant", tenant.value())
        .param("sha", sha)
        .query((row, _) -> read(row))
        .optional();
  }

  /// Several by id, in any order.
  public List<Row> find(TenantId tenant, List<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : jdbc.sql(BY_IDS)
            .param("tenant", tenant.value())
            .param("ids", ids)
            .query((row, _) -> read(row))
            .list();
  }

  /// Documents, newest first.
  public List<Row> list(TenantId tenant, @Nullable UUID before, int limit) {
    return jdbc.sql(LIST)
        .param("tenant", tenant.value())
        .param("before", before)
        .param("limit", limit)
        .query((row, _) -> read(row))
        .list();
  }

  /// What parsing found out.
  public record Description(
      String mediaType,
      @Nullable String title,
      @Nullable String language,
      @Nullable Integer pages,
      int characters,
      List<String> warnings) {}

  /// Notes what parsing found out.
  public void describe(UUID id, Description description) {
    jdbc.sql(DESCRIBE)
        .param("id", id)
        .param("mediaType", description.mediaType())
        .param("title", description.title())
        .param("language", description.language())
        .param("pages", description.pages())
        .param("characters", description.characters())
        .param("warnings", json.writeValueAsString(description.warnings()))
        .update();
  }

  /// Points a document at another job.
  public void setJob(UUID id, UUID job) {
    jdbc.sql(SET_JOB).param("id", id).param("job", job).update();
  }

  /// Removes a document with its bytes, text and chunks.
  public void delete(Row document) {
    jdbc.sql(DELETE).param("tenant", document.tenant().value()).param("id", document.id()).update();
    jdbc.sql(DELETE_CONTENT)
        .param("tenant", document.tenant().value())
        .param("sha", document.sha256())
        .update();
  }

  /// Which database this is.
  public UUID installation() {
    return jdbc.sql(INSTALLATION).query(UUID.class).single();
  }

  private Row read(java.sql.ResultSet row) throws java.sql.SQLException {
    Timestamp ready = row.getTimestamp(15);
    return new Row(
        row.getObject(1, UUID.class),
        new TenantId(row.getObject(2, UUID.class)),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getObject(6, UUID.class),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getObject(10, Integer.class),
        row.getObject(11, Integer.class),
        row.getObject(12, Integer.class),
        List.of(json.readValue(row.getString(13), String[].class)),
        row.getTimestamp(14).toInstant(),
        ready == null ? null : ready.toInstant());
  }
}
