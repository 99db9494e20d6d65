package io.sluice.sources;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// One text for what is the same JSON, however it was written.
public final class Canonical {
  private static final JsonMapper WRITTEN = JsonMapper.builder().build();
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Canonical() {}

  /// The JSON, with members in the order in which they were written.
  public static String json(@Nullable Object value) {
    return WRITTEN.writeValueAsString(value);
  }

  /// Plain JSON of a text that was written by [#json].
  public static @Nullable Object read(String json) {
    return WRITTEN.readValue(json, Object.class);
  }

  /// The same as a tree, which is answered as it is, nulls included.
  public static JsonNode tree(@Nullable Object value) {
    return WRITTEN.valueToTree(value);
  }

  /// A hash that does not depend on the order of members, in lower-case hex.
  public static String sha256(@Nullable Object value) {
    return sha256(SORTED.writeValueAsString(value));
  }

  /// The hash of a text, in lower-case hex.
  public static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
