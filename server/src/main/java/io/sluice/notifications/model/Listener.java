package io.sluice.notifications.model;

import io.sluice.notifications.ChannelType;
import io.sluice.notifications.Occasion;
import io.sluice.testing.run.RunDigest;
import io.sluice.testing.run.RunDigest.InLanguage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whoever may want to be told of a run: a channel, or somebody whom the run's suite names.
///
/// @param recipient by which notifications are told apart
/// @param channel null: the suite names them
/// @param suiteOrd their place in the suite's list; null: it is a channel
/// @param suite only its runs; null: all
/// @param languages only these; empty: all
public record Listener(
    String recipient,
    @Nullable UUID channel,
    @Nullable Integer suiteOrd,
    ChannelType type,
    Set<Occasion> on,
    @Nullable UUID suite,
    List<String> languages) {
  /// Whether a language is among those that were asked for: `es` stands for `es-MX` too.
  public static boolean speaks(List<String> asked, String language) {
    var tag = language.toLowerCase(Locale.ROOT);
    return asked.isEmpty()
        || asked.stream()
            .map(one -> one.toLowerCase(Locale.ROOT))
            .anyMatch(one -> tag.equals(one) || tag.startsWith(one + "-"));
  }

  /// What of a run is for it.
  public List<InLanguage> of(RunDigest digest) {
    return suite != null && !suite.equals(digest.run().suiteId())
        ? List.of()
        : digest.languages().stream().filter(l -> speaks(languages, l.language())).toList();
  }

  /// On which occasion it is told that a run has ended: the widest of those that it asks for, so
  /// that it is told once; empty if it is not told.
  public Optional<Occasion> occasion(RunDigest digest) {
    var mine = of(digest);
    if (mine.isEmpty()) {
      return Optional.empty();
    }
    if (on.contains(Occasion.RUN_FINISHED)) {
      return Optional.of(Occasion.RUN_FINISHED);
    }
    if (on.contains(Occasion.RUN_FAILED) && failed(digest, mine)) {
      return Optional.of(Occasion.RUN_FAILED);
    }
    boolean autoFailed = mine.stream().anyMatch(l -> l.autoFailed() > 0);
    return on.contains(Occasion.AUTO_FAIL) && autoFailed
        ? Optional.of(Occasion.AUTO_FAIL)
        : Optional.empty();
  }

  private boolean failed(RunDigest digest, List<InLanguage> mine) {
    return digest.run().status().equals("failed")
        || mine.stream().anyMatch(l -> l.failing() > 0)
        || languages.isEmpty() && "failed".equals(digest.run().outcome());
  }
}
