package io.sluice.documents.store;

import io.sluice.engine.TenantId;
import io.sluice.providers.PageSpan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Canonical text, by the hash of the bytes it was parsed from.
@Repository
public class TextStore {
  static final String PUT =
      """
      insert into sluice.parsed_text (tenant_id, sha256, parser, body, pages, title, language, media_type, warnings)
      values (:tenant, :sha, :parser, :body, :pages::jsonb, :title, :language, :mediaType, :warnings::jsonb)
      on conflict (tenant_id, sha256, parser) do nothing
      """;

  static final String GET =
      """
      select body, pages::text, title, language, media_type, warnings::text from sluice.parsed_text
      where tenant_id = :tenant and sha256 = :sha and parser = :parser
      """;

  /// Canonical text with what is known about it.
  public record Text(
      String body,
      List<PageSpan> pages,
      @Nullable String title,
      @Nullable String language,
      String mediaType,
      List<String> warnings) {}

  private final JdbcClient jdbc;
  private final JsonMapper json;

  TextStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// Stores a text, unless it is there.
  public void put(TenantId tenant, String sha, String parser, Text text) {
    var pages =
        text.pages().stream().map(p -> List.of(p.page(), p.startOffset(), p.endOffset())).toList();
    jdbc.sql(PUT)
        .param("tenant", tenant.value())
        .param("sha", sha)
        .param("parser", parser)
        .param("body", text.body())
        .param("pages", json.writeValueAsString(pages))
        .param("title", text.title())
        .param("language", text.language())
        .param("mediaType", text.mediaType())
        .param("warnings", json.writeValueAsString(text.warnings()))
        .update();
  }

  /// The text of these bytes, if they were parsed.
  public Optional<Text> get(TenantId tenant, String sha, String parser) {
    return jdbc.sql(GET)
        .param("tenant", tenant.value())
        .param("sha", sha)
        .param("parser", parser)
        .query((row, _) ->
            new Text(
                row.getString(1),
                pages(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                List.of(json.readValue(row.getString(6), String[].class))))
        .optional();
  }

  private List<PageSpan> pages(String stored) {
    return Arrays.stream(json.readValue(stored, int[][].class))
        .map(p -> new PageSpan(p[0], p[1], p[2]))
        .toList();
  }
}
