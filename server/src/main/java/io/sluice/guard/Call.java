package io.sluice.guard;

import io.sluice.engine.TenantId;
import org.jspecify.annotations.Nullable;

/// One outbound HTTP call.
///
/// @param service under whose breaker and rate limit it is made: letters, digits and `._:-`
/// @param method any, e.g. `GET`, `PATCH`
/// @param url http or https, encoded; without user and password
/// @param body null: none
public record Call(
    TenantId tenant,
    String service,
    String method,
    String url,
    Headers headers,
    byte @Nullable [] body,
    CallOptions options) {

  /// A GET without headers.
  public static Call get(TenantId tenant, String service, String url) {
    return of(tenant, service, "GET", url);
  }

  /// A call without headers and body.
  public static Call of(TenantId tenant, String service, String method, String url) {
    return new Call(tenant, service, method, url, Headers.NONE, null, CallOptions.DEFAULT);
  }

  /// With other headers.
  public Call with(Headers value) {
    return new Call(tenant, service, method, url, value, body, options);
  }

  /// With one header more.
  public Call with(String name, String value) {
    return with(headers.and(name, value));
  }

  /// With a body.
  public Call with(byte[] value, String contentType) {
    return new Call(
        tenant, service, method, url, headers.and("Content-Type", contentType), value, options);
  }

  /// With other options.
  public Call with(CallOptions value) {
    return new Call(tenant, service, method, url, headers, body, value);
  }

  /// Tells no secret: queries, headers and bodies may be some.
  @Override
  public String toString() {
    int query = url.indexOf('?');
    return "Call["
        + service
        + " "
        + method
        + " "
        + (query < 0 ? url : url.substring(0, query))
        + "]";
  }
}
