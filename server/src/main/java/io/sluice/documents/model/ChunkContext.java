package io.sluice.documents.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what is embedded above a chunk: `title > heading > heading`, and a table's header row
/// above its later rows. What does not fit goes from the outside in, because the nearest heading
/// tells most.
final class ChunkContext {

  private final @Nullable String title;
  private final TokenCounter counter;
  private final int maxTokens;

  ChunkContext(@Nullable String title, TokenCounter counter, int maxTokens) {
    this.title = title;
    this.counter = counter;
    this.maxTokens = maxTokens;
  }

  String of(Group group) {
    List<String> path = new ArrayList<>();
    if (title != null && !title.isBlank() && !group.headings().contains(title)) {
      path.add(title.strip());
    }
    path.addAll(group.headings());
    String header = group.pieces().getFirst().tableHeader();
    while (!path.isEmpty() && !fits(line(path))) {
      path.removeFirst();
    }
    String line = line(path);
    String withHeader = header == null ? line : (line + "\n" + header).strip();
    return fits(withHeader) ? withHeader : line;
  }

  private static String line(List<String> path) {
    return String.join(" > ", path);
  }

  private boolean fits(String context) {
    return counter.count(context) <= maxTokens;
  }
}
