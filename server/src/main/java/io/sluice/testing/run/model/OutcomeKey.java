package io.sluice.testing.run.model;

import io.sluice.validation.Observation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells identical outcomes: the same case at the same version, in the same language with the same
/// data, and the same response but for case, spaces and punctuation at the end. A verdict on one
/// holds for all.
public final class OutcomeKey {
  private OutcomeKey() {}

  /// A case in one language with one row.
  public record Place(UUID testCase, int version, String language, int row) {}

  /// The key, in lower-case hex.
  public static String of(Place place, Observation observation) {
    var text =
        String.join(
            "\u0000",
            place.testCase().toString(),
            Integer.toString(place.version()),
            place.language().toLowerCase(Locale.ROOT),
            Integer.toString(place.row()),
            observation.intent() == null ? "" : observation.intent(),
            canonical(observation.entities()),
            normal(observation.reply()),
            responded(observation) ? "" : canonical(observation.body()));
    return sha256(text);
  }

  /// Whether there is anything but a body.
  private static boolean responded(Observation observation) {
    return observation.intent() != null
        || observation.reply() != null
        || !observation.entities().isEmpty();
  }

  private static String normal(@Nullable String text) {
    if (text == null) {
      return "";
    }
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("[\\s.!?。！？]+$", "");
  }

  /// The same text for equal JSON, whatever the order of its members.
  private static String canonical(@Nullable Object json) {
    return switch (json) {
      case Map<?, ?> map -> {
        var sorted = new TreeMap<String, String>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), canonical(value)));
        yield sorted.toString();
      }
      case List<?> list ->
          list.stream().map(OutcomeKey::canonical).collect(Collectors.joining(",", "[", "]"));
      case String text -> "\"" + normal(text) + "\"";
      case null, default -> String.valueOf(json);
    };
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
