package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A folder of tests on disk, and the same as the server sends and takes it.
final class TestFolder {
  private static final List<String> TEXTS = List.of(".yaml", ".yml", ".json");
  private static final YAMLMapper YAML = new YAMLMapper();

  private TestFolder() {}

  /// All definitions and recordings below a folder: `{"files": [{"path", "text" or "base64"}]}`.
  static JsonNode read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Refused("There is no folder " + folder);
    }
    var all = Json.object();
    var files = all.putArray("files");
    try {
      for (var file : Gathering.below(folder)) {
        var path = slashed(folder.relativize(file));
        if (isText(path)) {
          files.addObject().put("path", path).put("text", Files.readString(file, UTF_8));
        } else if (path.toLowerCase(Locale.ROOT).endsWith(".wav")) {
          var bytes = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
          files.addObject().put("path", path).put("base64", bytes);
        }
      }
    } catch (IOException e) {
      throw new Refused("A file can not be read, as UTF-8 text: " + e.getMessage());
    }
    if (files.isEmpty()) {
      throw new Refused("There is no test in " + folder + ": no YAML, JSON or WAV file");
    }
    return all;
  }

  private static boolean isText(String path) {
    return TEXTS.stream().anyMatch(path.toLowerCase(Locale.ROOT)::endsWith);
  }

  private static String slashed(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  /// Writes what says something else than what is there.
  ///
  /// @return the paths of the files that were written
  static List<String> write(Path folder, JsonNode answer) {
    var written = new ArrayList<String>();
    var root = folder.toAbsolutePath().normalize();
    for (var file : answer.path("files")) {
      var path = file.path("path").asString("");
      var place = root.resolve(path).normalize();
      if (path.isEmpty() || !place.startsWith(root)) {
        throw new Refused("The server names a file outside of the folder: " + path);
      }
      try {
        if (write(place, content(file))) {
          written.add(path);
        }
      } catch (IOException e) {
        throw new Refused("The file " + place + " can not be written: " + e.getMessage());
      }
    }
    return written;
  }

  private static byte[] content(JsonNode file) {
    return file.has("base64")
        ? Base64.getDecoder().decode(file.path("base64").asString(""))
        : file.path("text").asString("").getBytes(UTF_8);
  }

  private static boolean write(Path place, byte[] content) throws IOException {
    if (Files.isRegularFile(place) && same(place, Files.readAllBytes(place), content)) {
      return false;
    }
    var parent = place.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(place, content);
    return true;
  }

  private static boolean same(Path place, byte[] left, byte[] right) {
    if (Arrays.equals(left, right)) {
      return true;
    }
    try {
      return isText(place.toString()) && YAML.readTree(left).equals(YAML.readTree(right));
    } catch (JacksonException e) {
      return false; // what is there can not be read
    }
  }
}
