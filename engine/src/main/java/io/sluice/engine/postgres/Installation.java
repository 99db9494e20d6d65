package io.sluice.engine.postgres;

import java.nio.file.Path;

/// All that a start needs and that stays the same until the end: where, as whom, which programs,
/// which passwords.
record Installation(
    DataDirectory directory, ServerUser user, Binaries binaries, Passwords passwords) {

  /// Leaves a complete cluster of the right version behind. Called with the lock on the directory
  /// held.
  static Installation prepare(PostgresSettings settings, DataDirectory directory) {
    var user = ServerUser.forDirectory(directory);
    user.requireEntry(directory.root());
    var binaries = Binaries.ready(settings, directory, user);
    var passwords = Passwords.readOrMake(directory);
    var installation = new Installation(directory, user, binaries, passwords);
    new ClusterMaker(installation).makeUnlessThere();
    return installation;
  }

  Path cluster() {
    return directory.cluster();
  }

  Superuser superuser(int port) {
    return new Superuser(port, passwords.superuser());
  }
}
