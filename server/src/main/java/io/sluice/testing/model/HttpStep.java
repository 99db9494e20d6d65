package io.sluice.testing.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request over HTTP.
///
/// @param extract by name, over `status`, `headers` (names in lower case), `body` and `timeMs`:
///   later steps read them as `${vars.NAME}`
public record HttpStep(
    String title, Request request, Map<String, Expression> extract, Response expect)
    implements Step {

  /// What is sent.
  ///
  /// @param url renders to an absolute `http` or `https` URL
  /// @param headers by name; a value that renders to null is left out
  /// @param query by name, appended to the URL; a list is repeated, null is left out
  /// @param timeout null: the case's
  /// @param followRedirects whether 3xx with a Location is followed
  public record Request(
      String method,
      Template url,
      Map<String, Template> headers,
      Map<String, Template> query,
      @Nullable Body body,
      @Nullable Auth auth,
      @Nullable Duration timeout,
      boolean followRedirects) {}

  /// A body.
  public sealed interface Body {
    /// The media type that was asked for; null: that of the sort of body.
    @Nullable String contentType();

    /// JSON.
    record Json(Template value, @Nullable String contentType) implements Body {}

    /// Fields of a form, URL-encoded; a list is repeated, null is left out.
    record Form(Map<String, Template> fields, @Nullable String contentType) implements Body {}

    /// Text, in UTF-8.
    record Text(Template value, @Nullable String contentType) implements Body {}
  }

  /// How a request says who it comes from.
  public sealed interface Auth {
    /// Name and password.
    record Basic(Template username, Template password) implements Auth {}

    /// A token.
    record Bearer(Template token) implements Auth {}

    /// A key in a header.
    record ApiKey(String header, Template value) implements Auth {}
  }

  /// What should be answered. What is null or empty is not asked.
  ///
  /// @param status any of these; never empty
  /// @param headers by name, whatever its case: the value renders to what must be in the header's
  /// @param paths what stands at a place of the body; compared as JSON
  /// @param assertions over `status`, `headers`, `body`, `timeMs`, and what stands in [TestScope]
  /// @param schema a JSON Schema of the body, as plain JSON
  /// @param maxTime until the whole answer is there
  public record Response(
      List<StatusRange> status,
      Map<String, Template> headers,
      Map<JsonPath, Template> paths,
      List<Expression> assertions,
      @Nullable Map<String, @Nullable Object> schema,
      @Nullable Duration maxTime) {}
}
