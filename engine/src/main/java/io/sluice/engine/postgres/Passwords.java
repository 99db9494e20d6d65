package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// The logins of the three roles, kept in a file that only we can read.
///
/// @param superuser for this package alone
/// @param owner owns the databases and migrates them
/// @param app owns nothing
record Passwords(Login superuser, Login owner, Login app) {
  static final String SUPERUSER = "postgres";
  static final String OWNER = "sluice_owner";
  static final String APP = "sluice_app";
  private static final int PASSWORD_BYTES = 24;

  /// Written before the cluster is made: a cluster without passwords would be of no use to anybody.
  static Passwords readOrMake(DataDirectory directory) {
    var file = directory.passwords();
    try {
      if (Files.exists(file)) {
        return read(file);
      }
      if (Files.exists(directory.cluster())) {
        throw new PostgresProblem.PasswordsLost(
            file,
            "There is a database in " + directory.root() + " but its passwords are gone.",
            null);
      }
      var made = new Passwords(make(SUPERUSER), make(OWNER), make(APP));
      AtomicFile.write(file, made.lines(), ServerUser.ourselves());
      return made;
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(file, e);
    }
  }

  private static Passwords read(Path file) throws IOException {
    Map<String, String> byUser = new HashMap<>();
    for (var line : Files.readAllLines(file)) {
      var colon = line.indexOf(':');
      if (colon > 0) {
        byUser.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return new Passwords(
        login(file, byUser, SUPERUSER), login(file, byUser, OWNER), login(file, byUser, APP));
  }

  private static Login login(Path file, Map<String, String> byUser, String user) {
    var password = byUser.get(user);
    if (password == null) {
      throw new PostgresProblem.PasswordsLost(file, "It has no password for " + user + ".", null);
    }
    return new Login(user, password);
  }

  private static Login make(String user) {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Login(user, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private String lines() {
    var text = new StringBuilder();
    for (var login : new Login[] {superuser, owner, app}) {
      text.append(login.user()).append(':').append(login.password()).append('\n');
    }
    return text.toString();
  }
}
