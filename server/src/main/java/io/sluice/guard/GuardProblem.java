package io.sluice.guard;

import io.sluice.platform.Problem;
import java.util.List;

/// What can go wrong for those who operate circuit breakers.
public abstract sealed class GuardProblem extends Problem {
  private GuardProblem(Sort sort, String code, String detail, List<Fault> faults) {
    super(sort, code, detail, faults, null);
  }

  /// There is no such breaker.
  public static final class UnknownBreaker extends GuardProblem {
    /// Names it.
    public UnknownBreaker(String service) {
      super(
          Sort.NOT_FOUND,
          "UNKNOWN_CIRCUIT_BREAKER",
          "There is no circuit breaker '"
              + service
              + "'; it is made by the first call to the service, or by configuring it",
          List.of());
    }
  }

  /// It was configured meanwhile.
  public static final class Stale extends GuardProblem {
    /// Says by what it was overtaken.
    public Stale(String service, int version) {
      super(
          Sort.STALE,
          "STALE",
          "Circuit breaker '"
              + service
              + "' has version "
              + version
              + " by now; read it again and apply your change to that",
          List.of());
    }
  }

  /// Others change it faster than it can be read.
  public static final class Busy extends GuardProblem {
    /// Names it.
    public Busy(String service) {
      super(
          Sort.CONFLICT,
          "CIRCUIT_BREAKER_BUSY",
          "Circuit breaker '" + service + "' changes all the time; try again in a moment",
          List.of());
    }
  }

  /// The configuration can not be.
  public static final class BadConfig extends GuardProblem {
    /// Names all places.
    public BadConfig(List<Fault> faults) {
      super(
          Sort.INVALID,
          "BAD_CIRCUIT_CONFIG",
          "The configuration can not be used; 'errors' names what to correct",
          faults);
    }
  }

  /// The service's name can not be.
  public static final class BadService extends GuardProblem {
    /// Says what one looks like.
    public BadService() {
      super(
          Sort.INVALID,
          "BAD_SERVICE",
          "A service's id has 1 to 128 letters, digits and ._:- and begins with a letter or digit",
          List.of());
    }
  }
}
