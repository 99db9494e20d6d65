package io.sluice.guard;

import java.time.Duration;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// How a call is made.
///
/// @param timeout for the whole call, from the name's look-up to the last byte, redirects included
/// @param connectTimeout for a connection, at most
/// @param maxResponse of the answer's body, inflated
/// @param followRedirects how many at most; 0: a redirect is the answer
/// @param failed which statuses count as failures for the breaker; time-outs and broken connections
///   always do, and 429 never does
/// @param rateKey a rate limit of `sluice.rate-limits` that the call is under, beside its service's
///   own; null: none
public record CallOptions(
    Duration timeout,
    Duration connectTimeout,
    DataSize maxResponse,
    int followRedirects,
    IntPredicate failed,
    @Nullable String rateKey) {
  /// What holds where the caller says nothing.
  public static final CallOptions DEFAULT =
      new CallOptions(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          DataSize.ofMegabytes(10),
          0,
          status -> status >= 500,
          null);

  /// Refuses what can not be.
  public CallOptions {
    if (!timeout.isPositive() || !connectTimeout.isPositive()) {
      throw new IllegalArgumentException("time-outs are longer than zero");
    }
    if (followRedirects < 0 || followRedirects > 20) {
      throw new IllegalArgumentException("0 to 20 redirects can be followed");
    }
    if (maxResponse.toBytes() < 0 || maxResponse.toBytes() > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException("an answer may have up to 2 GB");
    }
  }

  /// Another time for the whole call.
  public CallOptions within(Duration time) {
    return new CallOptions(time, connectTimeout, maxResponse, followRedirects, failed, rateKey);
  }

  /// Another time for the connection.
  public CallOptions connectingWithin(Duration time) {
    return new CallOptions(timeout, time, maxResponse, followRedirects, failed, rateKey);
  }

  /// Another limit for the answer.
  public CallOptions atMost(DataSize size) {
    return new CallOptions(timeout, connectTimeout, size, followRedirects, failed, rateKey);
  }

  /// Follows redirects.
  public CallOptions following(int redirects) {
    return new CallOptions(timeout, connectTimeout, maxResponse, redirects, failed, rateKey);
  }

  /// Other statuses count as failures.
  public CallOptions failingOn(IntPredicate statuses) {
    return new CallOptions(
        timeout, connectTimeout, maxResponse, followRedirects, statuses, rateKey);
  }

  /// Under a rate limit more.
  public CallOptions under(String key) {
    return new CallOptions(timeout, connectTimeout, maxResponse, followRedirects, failed, key);
  }
}
