package io.sluice.guard;

import io.sluice.engine.PermanentFailure;
import io.sluice.engine.TransientFailure;
import org.jspecify.annotations.Nullable;

/// Why no answer came from a call that was tried. Messages name host and service, never headers,
/// bodies or queries.
public sealed interface CallFailure {
  /// Stable, for programs.
  String code();

  /// Another attempt may help. The service may have done what it was asked all the same.
  abstract sealed class Passing extends TransientFailure implements CallFailure {
    private Passing(String code, String message, @Nullable Throwable cause) {
      super(code, message, cause, null);
    }
  }

  /// No attempt will help until somebody changes something.
  abstract sealed class Lasting extends PermanentFailure implements CallFailure {
    private Lasting(String code, String message) {
      super(code, message);
    }
  }

  /// The whole answer was not there in time.
  final class CallTimedOut extends Passing {
    /// Says so.
    public CallTimedOut(String message) {
      super("CALL_TIMED_OUT", message, null);
    }
  }

  /// There was no connection: the name is unknown, nobody listens, TLS failed.
  final class ConnectFailed extends Passing {
    /// Says so.
    public ConnectFailed(String message, @Nullable Throwable cause) {
      super("CONNECT_FAILED", message, cause);
    }
  }

  /// The connection broke before the answer was whole, or the answer was no HTTP.
  final class ConnectionLost extends Passing {
    /// Says so.
    public ConnectionLost(String message, @Nullable Throwable cause) {
      super("CONNECTION_LOST", message, cause);
    }
  }

  /// The answer has more bytes than the call allows, or inflates to more.
  final class ResponseTooLarge extends Lasting {
    /// Says so.
    public ResponseTooLarge(String message) {
      super("RESPONSE_TOO_LARGE", message);
    }
  }

  /// The address is of a network that may not be called.
  final class EgressRefused extends Lasting {
    /// Says so.
    public EgressRefused(String message) {
      super("EGRESS_REFUSED", message);
    }
  }

  /// The URL can not be called: no http, no host, credentials in it.
  final class BadUrl extends Lasting {
    /// Says so.
    public BadUrl(String message) {
      super("BAD_URL", message);
    }
  }

  /// The method or a header can not be sent.
  final class BadHeader extends Lasting {
    /// Says so.
    public BadHeader(String message) {
      super("BAD_HEADER", message);
    }
  }
}
