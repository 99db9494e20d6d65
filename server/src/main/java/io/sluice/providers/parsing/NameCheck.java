package io.sluice.providers.parsing;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares what a file is called with what it is. A name is a label: it is shown, cut short and
/// cleaned, and never opened.
final class NameCheck {

  /// Extension to the part of a media type that it promises.
  private static final Map<String, String> PROMISES =
      Map.ofEntries(
          Map.entry("pdf", "pdf"),
          Map.entry("docx", "wordprocessingml"),
          Map.entry("xlsx", "spreadsheetml"),
          Map.entry("pptx", "presentationml"),
          Map.entry("doc", "msword"),
          Map.entry("xls", "ms-excel"),
          Map.entry("ppt", "ms-powerpoint"),
          Map.entry("rtf", "rtf"),
          Map.entry("odt", "opendocument.text"),
          Map.entry("epub", "epub"),
          Map.entry("html", "html"),
          Map.entry("htm", "html"),
          Map.entry("txt", "text/"),
          Map.entry("md", "text/"),
          Map.entry("csv", "text/"),
          Map.entry("json", "json"));

  private NameCheck() {}

  /// In lower case, without the dot; empty if there is none.
  static String extension(String declaredName) {
    String name = label(declaredName);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  static @Nullable String warning(String declaredName, String mediaType) {
    String promise = PROMISES.get(extension(declaredName));
    if (promise == null || mediaType.contains(promise)) {
      return null;
    }
    return "The file is called \"%s\" but is %s, and was read as that."
        .formatted(label(declaredName), mediaType);
  }

  static String label(String declaredName) {
    int cut = Math.max(declaredName.lastIndexOf('/'), declaredName.lastIndexOf('\\'));
    return CanonicalText.label(declaredName.substring(cut + 1), 120);
  }
}
