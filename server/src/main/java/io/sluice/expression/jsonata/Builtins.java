package io.sluice.expression.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Functions of the language that are ours: those that could cost without bound, that would read
/// the clock, or in which the library strays from the language. The library calls them by
/// reflection.
public final class Builtins {
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("now", "<s?s?:s>"),
          Map.entry("millis", "<:n>"),
          Map.entry("toMillis", "<s-s?:n>"),
          Map.entry("distinct", "<x:x>"),
          Map.entry("encodeUrl", "<s-:s>"),
          Map.entry("pad", "<s-ns?:s>"),
          Map.entry("join", "<a<s>s?:s>"),
          Map.entry("contains", "<s-(sf):b>"),
          Map.entry("match", "<s-f<s:o>n?:a<o>>"),
          Map.entry("replace", "<s-(sf)(sf)n?:s>"),
          Map.entry("split", "<s-(sf)n?:a<s>>"));

  private static final List<JFunction> FUNCTIONS =
      OURS.entrySet().stream()
          .map(ours ->
              new JFunction(ours.getKey(), ours.getValue(), Builtins.class, null, ours.getKey()))
          .toList();

  private static final List<String> ORDER = List.copyOf(OURS.keySet());

  private static final String URL_CHARACTERS = "-_.!~*'();/?:@&=+$,#";

  private Builtins() {}

  static void register(Jsonata jsonata) {
    for (JFunction function : FUNCTIONS) {
      jsonata.registerFunction(ORDER.get(FUNCTIONS.indexOf(function)), function);
    }
    for (String refused : Vocabulary.REFUSED.keySet()) {
      jsonata.assign(refused, null);
    }
  }

  /// The moment of the scope, as text.
  public static String now(@Nullable String picture, @Nullable String timezone) {
    return Functions.dateTimeFromMillis(millis(), picture, timezone);
  }

  /// The moment of the scope.
  public static Number millis() {
    Instant now = Meter.CURRENT.get().now();
    if (now == null) {
      throw new JException("D3137", -1, "$now() and $millis() have no time to tell here");
    }
    return now.toEpochMilli();
  }

  /// Text without a zone is in UTC, so that all nodes agree.
  public static @Nullable Number toMillis(@Nullable String text, @Nullable String picture)
      throws ParseException {
    if (text != null && picture == null && text.length() > 10) {
      try {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
      } catch (DateTimeException e) {
        return Functions.dateTimeToMillis(text, null);
      }
    }
    return Functions.dateTimeToMillis(text, picture);
  }

  /// An array, when given one, without repeated values.
  public static @Nullable Object distinct(@Nullable Object values) {
    if (!(values instanceof List<?> list) || list.size() < 2) {
      return values;
    }
    var distinct = new LinkedHashSet<Object>(list);
    if (!Utils.isSequence(list)) {
      return new ArrayList<>(distinct);
    }
    List<Object> sequence = Utils.createSequence();
    sequence.addAll(distinct);
    return sequence;
  }

  /// Encodes what may not stand in a URL.
  public static @Nullable String encodeUrl(@Nullable String url) {
    if (url == null) {
      return null;
    }
    Utils.checkUrl(url);
    var encoded = new StringBuilder();
    for (byte b : url.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || URL_CHARACTERS.indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }

  /// Fills up to a width, on the left when it is negative.
  public static @Nullable String pad(
      @Nullable String text, Number width, @Nullable String characters) {
    if (text == null) {
      return null;
    }
    long missing = Math.abs(width.longValue()) - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    Meter.CURRENT.get().size(missing);
    int[] filler =
        (characters == null || characters.isEmpty() ? " " : characters).codePoints().toArray();
    var filled = new StringBuilder();
    for (int i = 0; i < missing; i++) {
      filled.appendCodePoint(filler[i % filler.length]);
    }
    return width.longValue() < 0 ? filled + text : text + filled;
  }

  /// Joins texts.
  public static @Nullable String join(@Nullable List<?> texts, @Nullable String separator) {
    if (texts == null) {
      return null;
    }
    String between = separator == null ? "" : separator;
    long size = (long) between.length() * texts.size();
    for (Object text : texts) {
      size += text instanceof String string ? string.length() : 0;
    }
    Meter.CURRENT.get().size(size);
    return texts.stream()
        .map(text -> text == null ? "" : text.toString())
        .collect(Collectors.joining(between));
  }

  /// Whether a text, or a match, is in it.
  public static @Nullable Boolean contains(@Nullable String text, @Nullable Object token) {
    if (text == null || token == null) {
      return null;
    }
    return token instanceof String part
        ? text.contains(part)
        : Regex.of(token).on(text).next() != null;
  }

  /// The matches in it.
  public static @Nullable List<Object> match(
      @Nullable String text, Object matcher, @Nullable Number limit) {
    if (text == null) {
      return null;
    }
    long most = Replacing.limit(limit, "D3040");
    List<Object> found = Utils.createSequence();
    Regex.Matches matches = Regex.of(matcher).on(text);
    while (found.size() < most) {
      MatchResult match = matches.next();
      if (match == null) {
        break;
      }
      var described = new LinkedHashMap<String, Object>();
      described.put("match", match.group());
      described.put("index", match.start());
      described.put("groups", Regex.groups(match));
      found.add(described);
    }
    return found;
  }

  /// The text with matches replaced.
  public static @Nullable String replace(
      @Nullable String text, Object pattern, Object replacement, @Nullable Number limit)
      throws Throwable {
    if (text == null) {
      return null;
    }
    return new Replacing(text, replacement, Replacing.limit(limit, "D3011")).replace(pattern);
  }

  /// The parts between matches.
  public static @Nullable List<String> split(
      @Nullable String text, Object separator, @Nullable Number limit) {
    if (text == null) {
      return null;
    }
    long most = Replacing.limit(limit, "D3020");
    if (separator instanceof String plain) {
      Stream<String> parts =
          plain.isEmpty()
              ? text.chars().mapToObj(Character::toString)
              : Stream.of(text.split(Pattern.quote(plain), -1));
      return parts.limit(most).toList();
    }
    return splitAt(text, Regex.of(separator).on(text), most);
  }

  private static List<String> splitAt(String text, Regex.Matches matches, long most) {
    var parts = new ArrayList<String>();
    int from = 0;
    for (MatchResult at = matches.next(); at != null && parts.size() < most; at = matches.next()) {
      parts.add(text.substring(from, at.start()));
      from = at.end();
    }
    if (parts.size() < most) {
      parts.add(text.substring(from));
    }
    return parts;
  }
}
