package io.sluice.providers.parsing;

import io.sluice.providers.PageSpan;
import io.sluice.providers.ParseError;
import io.sluice.providers.ParseOutcome.Description;
import io.sluice.providers.ParseOutcome.Parsed;
import io.sluice.providers.ParseOutcome.Refused;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What parent and child say to each other, and the layout of the result file. Both ends are of one
/// build, so there are no versions.
final class Wire {

  /// Parent to child: read `file`, write the result to `result`.
  record Request(Path file, Path result, int maxOutputChars) {

    void write(DataOutputStream out) throws IOException {
      out.writeUTF(file.toString());
      out.writeUTF(result.toString());
      out.writeInt(maxOutputChars);
      out.flush();
    }

    static Request read(DataInputStream in) throws IOException {
      return new Request(Path.of(in.readUTF()), Path.of(in.readUTF()), in.readInt());
    }
  }

  /// Child to parent.
  sealed interface Frame {
    /// The child has loaded its parsers.
    record Ready() implements Frame {}

    /// The child lives, and has begun so many parts of the file.
    record Reached(int parts) implements Frame {}

    /// The result file is complete.
    record Done() implements Frame {}

    record Refuse(Refused refused) implements Frame {}

    /// Never sent: the reader's word for the end of the child's output.
    record Ended() implements Frame {}
  }

  private static final int MAX_MESSAGE_CHARS = 1000;

  private Wire() {}

  static void write(DataOutputStream out, Frame frame) throws IOException {
    switch (frame) {
      case Frame.Ready() -> out.writeByte('R');
      case Frame.Reached(int parts) -> {
        out.writeByte('P');
        out.writeInt(parts);
      }
      case Frame.Done() -> out.writeByte('D');
      case Frame.Refuse(Refused refused) -> {
        out.writeByte('F');
        out.writeUTF(refused.code().name());
        out.writeUTF(CanonicalText.label(refused.message(), MAX_MESSAGE_CHARS));
      }
      case Frame.Ended() -> throw new IllegalArgumentException("the end is not sent");
    }
    out.flush();
  }

  static Frame readFrame(DataInputStream in) throws IOException {
    int kind = in.read();
    return switch (kind) {
      case -1 -> new Frame.Ended();
      case 'R' -> new Frame.Ready();
      case 'P' -> new Frame.Reached(in.readInt());
      case 'D' -> new Frame.Done();
      case 'F' -> new Frame.Refuse(new Refused(ParseError.valueOf(in.readUTF()), in.readUTF()));
      default -> throw new IOException("the parser process sent a frame of unknown kind " + kind);
    };
  }

  static void writeResult(Path file, Parsed parsed) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      writeText(out, parsed.text());
      out.writeInt(parsed.pages().size());
      for (PageSpan page : parsed.pages()) {
        out.writeInt(page.page());
        out.writeInt(page.startOffset());
        out.writeInt(page.endOffset());
      }
      Description description = parsed.description();
      writeOptional(out, description.title());
      writeText(out, description.mediaType());
      writeOptional(out, description.language());
      out.writeInt(description.metadata().size());
      for (var entry : description.metadata().entrySet()) {
        writeText(out, entry.getKey());
        writeText(out, entry.getValue());
      }
      out.writeInt(parsed.warnings().size());
      for (String warning : parsed.warnings()) {
        writeText(out, warning);
      }
    }
  }

  static Parsed readResult(Path file) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      String text = readText(in);
      List<PageSpan> pages = new ArrayList<>();
      for (int n = in.readInt(); n > 0; n--) {
        pages.add(new PageSpan(in.readInt(), in.readInt(), in.readInt()));
      }
      String title = readOptional(in);
      String mediaType = readText(in);
      String language = readOptional(in);
      Map<String, String> metadata = new HashMap<>();
      for (int n = in.readInt(); n > 0; n--) {
        metadata.put(readText(in), readText(in));
      }
      List<String> warnings = new ArrayList<>();
      for (int n = in.readInt(); n > 0; n--) {
        warnings.add(readText(in));
      }
      return new Parsed(
          text, pages, new Description(title, mediaType, language, metadata), warnings);
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the parser's result file is incomplete");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void writeOptional(DataOutputStream out, @Nullable String text)
      throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      writeText(out, text);
    }
  }

  private static @Nullable String readOptional(DataInputStream in) throws IOException {
    return in.readBoolean() ? readText(in) : null;
  }
}
