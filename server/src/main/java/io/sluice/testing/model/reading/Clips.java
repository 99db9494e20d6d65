package io.sluice.testing.model.reading;

import io.sluice.sources.Plain;
import io.sluice.sources.Pointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The recordings that a case names as files, and the hashes by which they are found.
public final class Clips {
  private Clips() {}

  /// A recording in a definition.
  ///
  /// @param pointer to it
  /// @param json its object
  public record Clip(String pointer, Map<String, @Nullable Object> json) {
    /// Its path, from the file that names it.
    public String file() {
      return Plain.text(json.get("file"));
    }

    /// The hash that it has already; empty: none.
    public String sha256() {
      return Plain.text(json.get("sha256"));
    }

    /// Where the file lies.
    ///
    /// @param from the path of the file that names it
    /// @return null if it would lie outside of everything
    public @Nullable String path(String from) {
      var parts = new ArrayList<>(List.of(from.split("/")));
      parts.removeLast();
      for (var part : file().split("/")) {
        if (part.equals("..")) {
          if (parts.isEmpty()) {
            return null;
          }
          parts.removeLast();
        } else if (!part.equals(".")) {
          parts.add(part);
        }
      }
      return String.join("/", parts);
    }
  }

  /// All that a definition names as files.
  public static List<Clip> of(Map<String, @Nullable Object> json) {
    var all = new ArrayList<Clip>();
    Plain.map(json.get("languages"))
        .forEach((tag, value) -> {
          var at = Pointers.child("/languages", tag);
          add(value, at, all);
          var turns = Plain.list(Plain.map(value).get("turns"));
          for (int i = 0; i < turns.size(); i++) {
            add(turns.get(i), at + "/turns/" + i, all);
          }
        });
    return all;
  }

  private static void add(@Nullable Object turn, String at, List<Clip> all) {
    var recording = Plain.map(Plain.map(turn).get("recording"));
    if (recording.get("file") instanceof String) {
      all.add(new Clip(at + "/recording", recording));
    }
  }

  /// Where the bytes of recordings are.
  public interface Place {
    /// The hash of a file that came along.
    Optional<String> hash(Clip clip);

    /// Whether a recording with this hash is kept.
    boolean kept(String sha256);
  }

  /// Fills in the hashes, and tells the draft of which recordings nobody has the bytes.
  public static void resolve(Draft draft, Place place) {
    for (var clip : of(draft.json())) {
      var came = place.hash(clip).orElse("");
      if (clip.sha256().isEmpty() && !came.isEmpty()) {
        clip.json().put("sha256", came);
      } else if (!came.isEmpty() && !came.equals(clip.sha256())) {
        draft.error(
            "BAD_RECORDING",
            clip.pointer() + "/sha256",
            "The file has another hash, " + came + "; correct it, or leave it out");
      } else if (came.isEmpty() && (clip.sha256().isEmpty() || !place.kept(clip.sha256()))) {
        draft.error(
            "UNKNOWN_RECORDING",
            clip.pointer() + "/file",
            "The file '"
                + clip.file()
                + "' is not there; send it in the same import, or write the"
                + " recording as base64");
      }
    }
  }
}
