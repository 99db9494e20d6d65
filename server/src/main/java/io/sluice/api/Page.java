package io.sluice.api;

import io.sluice.platform.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list.
///
/// @param nextCursor opaque; absent on the last page
record Page<T>(List<T> items, @Nullable String nextCursor) {
  private static final int MOST = 200;

  /// A list that is whole.
  static <T> Page<T> all(List<T> items) {
    return new Page<>(items, null);
  }

  /// A page of things with ids, of which one more than asked for was read.
  static <S, T> Page<T> of(List<S> read, int limit, Function<S, UUID> id, Function<S, T> shown) {
    var items = read.stream().limit(limit).map(shown).toList();
    return new Page<>(items, read.size() > limit ? write(id.apply(read.get(limit - 1))) : null);
  }

  private static String write(UUID last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The id behind which the page begins; null for the first page.
  static @Nullable UUID after(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      return UUID.fromString(
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new RequestProblem(
          "BAD_CURSOR", "cursor", "take the nextCursor of the page before, as it is");
    }
  }

  /// A limit within bounds.
  static int limit(int asked) {
    if (asked < 1 || asked > MOST) {
      throw new RequestProblem("BAD_LIMIT", "limit", "must be 1 to " + MOST + ", not " + asked);
    }
    return asked;
  }

  /// A request that breaks a rule.
  static final class RequestProblem extends Problem {
    RequestProblem(String code, String parameter, String detail) {
      super(
          Sort.INVALID,
          code,
          "Parameter '" + parameter + "' " + detail,
          List.of(new Fault(parameter, detail)),
          null);
    }
  }
}
