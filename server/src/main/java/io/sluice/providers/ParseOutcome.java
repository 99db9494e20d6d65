package io.sluice.providers;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a file: text, or the reason why not.
public sealed interface ParseOutcome {

  /// @param text canonical Markdown, never blank
  /// @param pages in order, without overlap; empty for files that have no pages
  /// @param warnings sentences for the uploader, such as a name that does not fit the content
  record Parsed(String text, List<PageSpan> pages, Description description, List<String> warnings)
      implements ParseOutcome {
    public Parsed {
      pages = List.copyOf(pages);
      warnings = List.copyOf(warnings);
    }
  }

  /// @param message what is wrong and what to do about it, for the uploader
  record Refused(ParseError code, String message) implements ParseOutcome {
    public boolean transientFailure() {
      return code.transientFailure();
    }
  }

  /// What the file says about itself. All of it is the file's claim and none of it is checked.
  ///
  /// @param mediaType what the content was recognised as, without parameters
  /// @param language as declared in the file
  /// @param metadata a bounded selection, such as `author` and `charset`
  record Description(
      @Nullable String title,
      String mediaType,
      @Nullable String language,
      Map<String, String> metadata) {
    public Description {
      metadata = Map.copyOf(metadata);
    }
  }
}
