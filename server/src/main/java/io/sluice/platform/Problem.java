package io.sluice.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can go wrong for a caller, in one family: a module extends it with a sealed class of its
/// own. One place in `api` turns it into an RFC 9457 answer.
public abstract class Problem extends RuntimeException {
  /// What sort of failure it is, which decides the HTTP status.
  public enum Sort {
    /// The request can not be understood or breaks a rule: 400.
    INVALID,
    /// The caller did not prove who it is: 401.
    UNAUTHENTICATED,
    /// There is no such thing, or it is another tenant's: 404.
    NOT_FOUND,
    /// The thing is in a state that does not allow this: 409.
    CONFLICT,
    /// The thing was changed since the caller read it: 412.
    STALE,
    /// The request is too large: 413.
    TOO_LARGE,
    /// The same idempotency key came with another body: 422.
    KEY_REUSED,
    /// Something that this needs is away; the same request may work later: 503.
    UNAVAILABLE
  }

  /// One thing that is wrong in a request.
  ///
  /// @param pointer a JSON pointer (RFC 6901) to it, or the name of a parameter
  /// @param detail what is wrong and what to do
  public record Fault(String pointer, String detail) {}

  private final Sort sort;
  private final String code;
  private final List<Fault> faults;

  /// A problem.
  ///
  /// @param code stable, for programs
  /// @param detail what failed and what to do, for people; no SQL, no class name, no secret
  protected Problem(Sort sort, String code, String detail) {
    this(sort, code, detail, List.of(), null);
  }

  /// A problem with places.
  protected Problem(
      Sort sort, String code, String detail, List<Fault> faults, @Nullable Throwable cause) {
    super(detail, cause);
    this.sort = sort;
    this.code = code;
    this.faults = List.copyOf(faults);
  }

  /// Decides the status.
  public Sort sort() {
    return sort;
  }

  /// The stable code.
  public String code() {
    return code;
  }

  /// The places, where there are any.
  public List<Fault> faults() {
    return faults;
  }

  /// Whether the same request may work later.
  public boolean retryable() {
    return sort == Sort.UNAVAILABLE;
  }
}
