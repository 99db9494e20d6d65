package io.sluice.engine.postgres;

/// Who may log in to the server, and with what. Its text form never shows the password.
public record Login(String user, String password) {
  @Override
  public String toString() {
    return "Login[user=" + user + "]";
  }
}
