package io.sluice.engine;

/// A failure that no retry can mend: the job ends in `deadletter` at once.
public class PermanentFailure extends RuntimeException {
  private final String code;

  /// A permanent failure.
  ///
  /// @param code stable, for programs, e.g. `ENCRYPTED`; dead letters are grouped by it
  /// @param message what failed and what to do, for people; no secrets
  public PermanentFailure(String code, String message) {
    super(message);
    this.code = code;
  }

  /// As above, with the cause for the log.
  public PermanentFailure(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// The stable code.
  public String code() {
    return code;
  }
}
