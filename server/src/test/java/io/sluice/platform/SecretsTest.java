package io.sluice.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SecretsTest {
  private static final String VALUE = "p\"ä ss/w+rd\n";
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SLUICE_SECRET_CRM_KEY", VALUE,
          "SLUICE_SECRET_PIN", "123",
          "SLUICE_SECRET_LONG", "token-abcdef",
          "SLUICE_SECRET_INNER", "abcdef",
          "SLUICE_SECRET_", "nameless",
          "PATH", "/bin");

  private final Secrets secrets = new Secrets(() -> ENVIRONMENT);

  @Test
  void areFoundByNameInAnyCase() {
    assertThat(secrets.get("crm_key")).contains(VALUE);
    assertThat(secrets.get("CRM-Key")).contains(VALUE);
    assertThat(secrets.get("path")).isEmpty();
    assertThat(secrets.names()).containsExactly("crm_key", "inner", "long", "pin");
  }

  @Test
  void areNeverTold() {
    assertThat(secrets.toString()).doesNotContain(VALUE, "token");
    var bytes = VALUE.getBytes(StandardCharsets.UTF_8);
    for (var form :
        List.of(
            VALUE,
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().encodeToString(bytes),
            URLEncoder.encode(VALUE, StandardCharsets.UTF_8),
            JsonMapper.builder().build().writeValueAsString(VALUE).replaceAll("^\"|\"$", ""))) {
      assertThat(secrets.redact("before " + form + " after"))
          .isEqualTo("before [secret crm_key] after");
    }
    assertThat(secrets.redact("token-abcdef, abcdef")).isEqualTo("[secret long], [secret inner]");
    assertThat(secrets.redact("123 is too short")).isEqualTo("123 is too short");
  }

  @Test
  void areRedactedAllThroughJson() {
    var json = Map.of("a", List.of(1, "x abcdef y", Map.of("abcdef", true)));
    assertThat(secrets.redact((Object) json))
        .isEqualTo(Map.of("a", List.of(1, "x [secret inner] y", Map.of("[secret inner]", true))));
  }
}
