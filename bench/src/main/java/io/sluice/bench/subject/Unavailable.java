package io.sluice.bench.subject;

/// A subject that cannot take part on this machine. The run goes on without it and says why.
public final class Unavailable extends Exception {
  private static final long serialVersionUID = 1;

  public Unavailable(String reason) {
    super(reason);
  }
}
