package io.sluice.documents.store;

import io.sluice.documents.ChunkView;
import io.sluice.documents.model.Chunk;
import io.sluice.documents.search.IndexedChunk;
import io.sluice.documents.search.Place;
import io.sluice.engine.TenantId;
import io.sluice.engine.TransientFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Chunks: drafts that wait for vectors, vectors by what was embedded, and the chunks that can be
/// found.
@Repository
public class ChunkStore {
  private static final int PAGE = 500;

  static final String CLEAR_DRAFTS = "delete from sluice.chunk_draft where document_id = ?";

  static final String INSERT_DRAFT =
      """
      insert into sluice.chunk_draft (tenant_id, document_id, chunk_ord, chunk_id, chunker_name, chunker_version, body,
        context, chunk_sha, char_start, char_end, first_page, last_page, headings)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      """;

  static final String MISSING_COUNT =
      """
      select count(distinct d.chunk_sha) from sluice.chunk_draft d
      where d.document_id = :document and not exists (
        select from sluice.chunk_vector v where v.tenant_id = d.tenant_id and v.chunk_sha = d.chunk_sha
          and v.model = :model and v.version = :version)
      """;

  static final String MISSING =
      """
      select distinct on (d.chunk_sha) d.chunk_sha, d.context, d.body from sluice.chunk_draft d
      where d.document_id = :document and not exists (
        select from sluice.chunk_vector v where v.tenant_id = d.tenant_id and v.chunk_sha = d.chunk_sha
          and v.model = :model and v.version = :version)
      order by d.chunk_sha limit :limit
      """;

  static final String PUT_VECTOR =
      """
      insert into sluice.chunk_vector (tenant_id, chunk_sha, model, version, vector)
      values (:tenant, :sha, :model, :version, :vector)
      on conflict (tenant_id, chunk_sha, model, version) do nothing
      """;

  /// Vectors of texts that no other document has. A document that is just being cut may lose one
  /// so: its commit notices.
  static final String FORGET_VECTORS =
      """
      delete from sluice.chunk_vector v
      where v.tenant_id = :tenant
        and v.chunk_sha in (
          select chunk_sha from sluice.document_chunks where document_id = :document
          union select chunk_sha from sluice.chunk_draft where document_id = :document)
        and not exists (
          select from sluice.document_chunks o
          where o.tenant_id = v.tenant_id and o.chunk_sha = v.chunk_sha and o.document_id <> :document)
        and not exists (
          select from sluice.chunk_draft o
          where o.tenant_id = v.tenant_id and o.chunk_sha = v.chunk_sha and o.document_id <> :document)
      """;

  static final String REMOVE_OLD = "delete from sluice.document_chunks where document_id = ?";

  /// All chunks of a document with their vectors, at once.
  static final String COMMIT =
      """
      insert into sluice.document_chunks (chunk_id, tenant_id, document_id, chunker_name, chunker_version, chunk_ord,
        text, context, chunk_sha, char_start, char_end, first_page, last_page, headings, embed_model, embed_version,
        vector_dim, embedding)
      select d.chunk_id, d.tenant_id, d.document_id, d.chunker_name, d.chunker_version, d.chunk_ord, d.body, d.context,
        d.chunk_sha, d.char_start, d.char_end, d.first_page, d.last_page, d.headings, v.model, v.version,
        cardinality(v.vector), v.vector
      from sluice.chunk_draft d
      join sluice.chunk_vector v on v.tenant_id = d.tenant_id and v.chunk_sha = d.chunk_sha
        and v.model = ? and v.version = ?
      where d.document_id = ?
      """;

  static final String READY =
      "update sluice.documents set chunks = ?, ready_at = now() where document_id = ?";

  static final String OF_DOCUMENT =
      """
      select chunk_id, chunk_ord, text, char_start, char_end, first_page, last_page, headings::text, chunk_sha,
        embed_model, embed_version, vector_dim
      from sluice.document_chunks where tenant_id = :tenant and document_id = :document and chunk_ord >= :from
      order by chunk_ord limit :limit
      """;

  private static final String INDEXED =
      """
      select tenant_id, document_id, chunk_id, text, context, char_start, char_end, first_page, last_page,
        headings::text, embedding
      from sluice.document_chunks
      """;

  static final String INDEXED_OF =
      INDEXED
          + " where document_id = :document and embed_model = :model and embed_version = :version order by chunk_ord";

  static final String INDEXED_AFTER =
      INDEXED
          + """
           where chunk_id > :after and embed_model = :model and embed_version = :version order by chunk_id limit :limit
          """;

  static final String COUNT =
      "select count(*) from sluice.document_chunks where embed_model = :model and embed_version = :version";

  /// A text that needs a vector.
  public record Missing(String sha, String embedded) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ChunkStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Which chunker made drafts.
  public record Chunker(String name, String version) {}

  /// Replaces the drafts of a document, on a job's transaction.
  ///
  /// @param ids makes ids of chunks
  public void putDrafts(
      Connection c,
      TenantId tenant,
      UUID document,
      List<Chunk> chunks,
      Chunker chunker,
      Supplier<UUID> ids)
      throws SQLException {
    try (var clear = c.prepareStatement(CLEAR_DRAFTS)) {
      clear.setObject(1, document);
      clear.executeUpdate();
    }
    try (var insert = c.prepareStatement(INSERT_DRAFT)) {
      for (var chunk : chunks) {
        insert.setObject(1, tenant.value());
        insert.setObject(2, document);
        insert.setObject(4, ids.get());
        insert.setString(5, chunker.name());
        insert.setString(6, chunker.version());
        bind(insert, chunk);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void bind(PreparedStatement insert, Chunk chunk) throws SQLException {
    insert.setInt(3, chunk.ord());
    insert.setString(7, chunk.text());
    insert.setString(8, chunk.context());
    insert.setString(9, chunk.chunkSha());
    insert.setInt(10, chunk.start());
    insert.setInt(11, chunk.end());
    insert.setObject(12, chunk.firstPage(), java.sql.Types.INTEGER);
    insert.setObject(13, chunk.lastPage(), java.sql.Types.INTEGER);
    insert.setString(14, json.writeValueAsString(chunk.headings()));
  }

  /// How many texts of a document's drafts have no vector of a model.
  public int missingCount(UUID document, String model, String version) {
    return jdbc.sql(MISSING_COUNT)
        .param("document", document)
        .param("model", model)
        .param("version", version)
        .query(Integer.class)
        .single();
  }

  /// Some of them.
  public List<Missing> missing(UUID document, String model, String version, int limit) {
    return jdbc.sql(MISSING)
        .param("document", document)
        .param("model", model)
        .param("version", version)
        .param("limit", limit)
        .query((row, _) ->
            new Missing(row.getString(1), Chunk.embedded(row.getString(2), row.getString(3))))
        .list();
  }

  /// Stores a vector, unless it is there.
  public void putVector(TenantId tenant, String sha, String model, String version, float[] vector) {
    jdbc.sql(PUT_VECTOR)
        .param("tenant", tenant.value())
        .param("sha", sha)
        .param("model", model)
        .param("version", version)
        .param("vector", vector)
        .update();
  }

  /// Makes a document's chunks visible, on a job's transaction: the old ones go, the drafts come
  /// with their vectors.
  ///
  /// @return how many
  public static int commit(Connection c, UUID document, String model, String version)
      throws SQLException {
    execute(c, REMOVE_OLD, s -> s.setObject(1, document));
    int made =
        execute(
            c,
            COMMIT,
            s -> {
              s.setString(1, model);
              s.setString(2, version);
              s.setObject(3, document);
            });
    int drafts = execute(c, CLEAR_DRAFTS, s -> s.setObject(1, document));
    if (made != drafts) {
      // Deleting another document took vectors that both had: they are made again.
      throw new TransientFailure(
          "VECTORS_MISSING", (drafts - made) + " of " + drafts + " chunks have lost their vectors");
    }
    execute(
        c,
        READY,
        s -> {
          s.setInt(1, made);
          s.setObject(2, document);
        });
    return made;
  }

  /// Forgets the vectors that only this document needs, before it is deleted.
  public void forgetVectors(TenantId tenant, UUID document) {
    jdbc.sql(FORGET_VECTORS).param("tenant", tenant.value()).param("document", document).update();
  }

  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private static int execute(Connection c, String sql, Binder binder) throws SQLException {
    try (var statement = c.prepareStatement(sql)) {
      binder.bind(statement);
      return statement.executeUpdate();
    }
  }

  /// The chunks of a document, in order.
  public List<ChunkView> of(TenantId tenant, UUID document, int from, int limit) {
    return jdbc.sql(OF_DOCUMENT)
        .param("tenant", tenant.value())
        .param("document", document)
        .param("from", from)
        .param("limit", limit)
        .query((row, _) ->
            new ChunkView(
                row.getObject(1, UUID.class),
                row.getInt(2),
                row.getString(3),
                row.getInt(4),
                row.getInt(5),
                row.getObject(6, Integer.class),
                row.getObject(7, Integer.class),
                headings(row.getString(8)),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getInt(12)))
        .list();
  }

  /// The chunks of a document as the index takes them.
  public List<IndexedChunk> indexed(UUID document, String model, String version) {
    return jdbc.sql(INDEXED_OF)
        .param("document", document)
        .param("model", model)
        .param("version", version)
        .query((row, _) -> readIndexed(row))
        .list();
  }

  /// All chunks of a model, page by page.
  public void eachIndexed(String model, String version, Consumer<List<IndexedChunk>> pages) {
    @Nullable UUID after = new UUID(0, 0);
    while (after != null) {
      var page =
          jdbc.sql(INDEXED_AFTER)
              .param("after", after)
              .param("model", model)
              .param("version", version)
              .param("limit", PAGE)
              .query((row, _) -> readIndexed(row))
              .list();
      if (!page.isEmpty()) {
        pages.accept(page);
      }
      after = page.size() < PAGE ? null : page.getLast().chunkId();
    }
  }

  /// How many chunks of a model there are.
  public int count(String model, String version) {
    return jdbc.sql(COUNT)
        .param("model", model)
        .param("version", version)
        .query(Integer.class)
        .single();
  }

  private IndexedChunk readIndexed(ResultSet row) throws SQLException {
    return new IndexedChunk(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getObject(3, UUID.class),
        row.getString(4),
        row.getString(5),
        new Place(
            row.getInt(6),
            row.getInt(7),
            row.getObject(8, Integer.class),
            row.getObject(9, Integer.class),
            headings(row.getString(10))),
        vector((Float[]) row.getArray(11).getArray()));
  }

  private static float[] vector(Float[] boxed) {
    var vector = new float[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      vector[i] = boxed[i];
    }
    return vector;
  }

  private List<String> headings(String stored) {
    return List.of(json.readValue(stored, String[].class));
  }
}
