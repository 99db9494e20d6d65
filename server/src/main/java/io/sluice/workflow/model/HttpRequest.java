package io.sluice.workflow.model;

import io.sluice.expression.Expression;
import io.sluice.expression.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call over HTTP.
///
/// @param service whose circuit breaker and limits it goes through; null: the host of the URL
/// @param url renders to an absolute `http` or `https` URL
/// @param headers by name; a value that renders to null is left out
/// @param query by name, appended to the URL; a list is repeated, null is left out
/// @param body what is sent; null: nothing
/// @param auth how it says who it is; null: not at all
/// @param extract by name, over `status`, `headers` and `body`: added to the output beside them
/// @param expectedStatus what counts as success
/// @param followRedirects whether 3xx with a Location is followed
/// @param maxResponseBytes a larger response fails; null: the server's limit
public record HttpRequest(
    @Nullable String service,
    Method method,
    Template url,
    Map<String, Template> headers,
    Map<String, Template> query,
    @Nullable Body body,
    @Nullable Auth auth,
    Map<String, Expression> extract,
    List<StatusRange> expectedStatus,
    boolean followRedirects,
    @Nullable Long maxResponseBytes)
    implements Config {

  /// The methods.
  public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    PATCH,
    DELETE,
    OPTIONS,
    TRACE
  }

  /// What is sent.
  public sealed interface Body {
    /// The media type that was asked for; null: that of the sort of body.
    @Nullable String contentType();

    /// JSON.
    record Json(Template value, @Nullable String contentType) implements Body {}

    /// Fields of a form, URL-encoded; a list is repeated, null is left out.
    record Form(Map<String, Template> fields, @Nullable String contentType) implements Body {}

    /// Text, in UTF-8.
    record Text(Template value, @Nullable String contentType) implements Body {}

    /// Bytes, from a text in base64.
    record Base64(Template value, @Nullable String contentType) implements Body {}
  }

  /// How a request says who it comes from.
  public sealed interface Auth {
    /// Name and password.
    record Basic(Template username, Template password) implements Auth {}

    /// A token.
    record Bearer(Template token) implements Auth {}

    /// A key in a header or in the query.
    record ApiKey(Place in, String name, Template value) implements Auth {}

    /// Where a key goes.
    enum Place {
      HEADER,
      QUERY
    }
  }

  @Override
  public StepType type() {
    return StepType.HTTP_REQUEST;
  }
}
