package io.sluice.providers.store;

import io.sluice.engine.TenantId;
import io.sluice.providers.Acoustics;
import io.sluice.providers.SpeechMemory.Heard;
import io.sluice.providers.SpeechRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Speech by the hash of what it was made from.
@Repository
public class SpeechStore {
  /// How long speech is kept that nobody asks for.
  private static final Duration KEPT = Duration.ofDays(90);

  /// So that no request pays for much of it.
  private static final int FORGOTTEN_AT_ONCE = 50;

  /// Two that speak the same at the same time keep the first.
  static final String PUT =
      """
      insert into sluice.speech
        (tenant_id, sha256, provider, version, voice, language, text, acoustics, audio_sha, pcm)
      values (:tenant, :sha, :provider, :version, :voice, :language, :text, :acoustics::jsonb, :audio, :pcm)
      on conflict (tenant_id, sha256) do nothing
      """;

  static final String GET =
      "select pcm from sluice.speech where tenant_id = :tenant and sha256 = :sha";

  /// Once a day at most, so that reading writes next to nothing.
  static final String USED =
      """
      update sluice.speech set used_at = now()
      where tenant_id = :tenant and sha256 = :sha and used_at < now() - interval '1 day'
      """;

  /// By the index speech_heard.
  static final String HEARD =
      """
      select text, language, voice, acoustics::text from sluice.speech
      where tenant_id = :tenant and audio_sha = :audio order by created_at limit 1
      """;

  /// By the index speech_unused.
  static final String FORGET =
      """
      delete from sluice.speech where (tenant_id, sha256) in
        (select tenant_id, sha256 from sluice.speech
         where tenant_id = :tenant and used_at < now() - make_interval(secs => :seconds) order by used_at limit :most)
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  SpeechStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /// What was spoken.
  ///
  /// @param sha256 of all that it was made from
  /// @param audioSha of its samples
  public record Entry(
      String sha256,
      String provider,
      String version,
      String voice,
      SpeechRequest request,
      String audioSha) {}

  /// Keeps speech, unless it is there, and forgets some that nobody asks for.
  public void put(TenantId tenant, Entry entry, byte[] pcm) {
    jdbc.sql(PUT)
        .param("tenant", tenant.value())
        .param("sha", entry.sha256())
        .param("provider", entry.provider())
        .param("version", entry.version())
        .param("voice", entry.voice())
        .param("language", entry.request().language())
        .param("text", entry.request().text())
        .param("acoustics", json.writeValueAsString(entry.request().acoustics()))
        .param("audio", entry.audioSha())
        .param("pcm", pcm)
        .update();
    jdbc.sql(FORGET)
        .param("tenant", tenant.value())
        .param("seconds", (double) KEPT.toSeconds())
        .param("most", FORGOTTEN_AT_ONCE)
        .update();
  }

  /// The samples, if they were kept.
  public Optional<byte[]> get(TenantId tenant, String sha) {
    var found =
        jdbc.sql(GET)
            .param("tenant", tenant.value())
            .param("sha", sha)
            .query((row, _) -> row.getBytes(1))
            .optional();
    if (found.isPresent()) {
      jdbc.sql(USED).param("tenant", tenant.value()).param("sha", sha).update();
    }
    return found;
  }

  /// What was said in samples of that hash.
  public Optional<Heard> heard(TenantId tenant, String audioSha) {
    return jdbc.sql(HEARD)
        .param("tenant", tenant.value())
        .param("audio", audioSha)
        .query((row, _) ->
            new Heard(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                json.readValue(row.getString(4), Acoustics.class)))
        .optional();
  }
}
