package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The user that the server's processes run as: ourselves, or, since PostgreSQL refuses root,
/// somebody humbler.
///
/// @param name for messages
/// @param prefix what to put before a command so that it runs as this user; empty when that is
///   ourselves
record ServerUser(String name, int uid, int gid, List<String> prefix) {
  private static final Duration PROBE = Duration.ofSeconds(10);

  static boolean weAreRoot() {
    return ourId("uid") == 0;
  }

  /// Ourselves, for files that only this process reads.
  static ServerUser ourselves() {
    return new ServerUser(
        System.getProperty("user.name", "?"), ourId("uid"), ourId("gid"), List.of());
  }

  /// The user for this data directory: who owns its cluster keeps it.
  static ServerUser forDirectory(DataDirectory directory) {
    var us = ourselves();
    var owner = ownerOf(directory.cluster());
    if (us.uid() != 0) {
      if (owner.isPresent() && owner.get().uid() != us.uid()) {
        throw new PostgresProblem.PermissionDenied(
            directory.cluster(),
            "The database in %s belongs to the user %s, and we run as %s. Run as that user (or as root), or choose another data directory."
                .formatted(directory.cluster(), owner.get().name(), us.name()),
            null);
      }
      return us;
    }
    return owner
        .filter(found -> found.uid() != 0)
        .or(() -> named("postgres"))
        .or(() -> named("nobody"))
        .map(ServerUser::withPrefix)
        .orElseThrow(() ->
            new PostgresProblem.PermissionDenied(
                directory.root(),
                "PostgreSQL refuses to run as root, and there is neither a user postgres nor a user nobody to run it as. Create one, or run as an ordinary user.",
                null));
  }

  /// The command line that runs the given command as this user.
  List<String> command(List<String> command) {
    var whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }

  Command.Outcome run(List<String> command, Duration timeout) {
    return Command.run(command(command), timeout);
  }

  /// Gives a file of ours to this user.
  void own(Path file) throws IOException {
    if (!prefix.isEmpty()) {
      Files.setAttribute(file, "unix:uid", uid);
      Files.setAttribute(file, "unix:gid", gid);
    }
  }

  /// Asks the operating system, in this user's place, rather than reckoning with modes, ACLs and
  /// mounts.
  boolean canEnter(Path directory) {
    return prefix.isEmpty()
        ? Files.isExecutable(directory)
        : run(List.of("test", "-x", directory.toString()), PROBE).succeeded();
  }

  /// Refuses a directory that this user cannot reach, naming the parent that stands in the way.
  void requireEntry(Path directory) {
    if (canEnter(directory)) {
      return;
    }
    var closed = directory;
    for (Path parent = directory; parent != null; parent = parent.getParent()) {
      if (!canEnter(parent)) {
        closed = parent;
      }
    }
    throw new PostgresProblem.PermissionDenied(
        closed,
        "PostgreSQL runs as the user %s here (it refuses root), and that user cannot enter %s on the way to %s. Put the data directory elsewhere, for instance /var/lib/sluice, or run `chmod o+x %s`, or run as an ordinary user."
            .formatted(name, closed, directory, closed),
        null);
  }

  /// The first tool that is there and really works: a container may lack it, or the right to use
  /// it.
  private ServerUser withPrefix() {
    var tools =
        List.of(
            List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"),
            List.of("runuser", "-u", name, "--"),
            List.of("su", "-s", "/bin/sh", name, "-c", "exec \"$0\" \"$@\"", "--"));
    return tools.stream()
        .map(tool -> new ServerUser(name, uid, gid, tool))
        .filter(user -> user.run(List.of("true"), PROBE).succeeded())
        .findFirst()
        .orElseThrow(() ->
            new PostgresProblem.PermissionDenied(
                Path.of("/"),
                "PostgreSQL refuses to run as root, and none of setpriv, runuser and su lets us run it as the user "
                    + name
                    + ". Install util-linux, or run as an ordinary user.",
                null));
  }

  private static Optional<ServerUser> named(String name) {
    var uid = Command.run(List.of("id", "-u", name), PROBE);
    var gid = Command.run(List.of("id", "-g", name), PROBE);
    if (!uid.succeeded() || !gid.succeeded()) {
      return Optional.empty();
    }
    return Optional.of(
        new ServerUser(
            name,
            Integer.parseInt(uid.output().strip()),
            Integer.parseInt(gid.output().strip()),
            List.of()));
  }

  private static Optional<ServerUser> ownerOf(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ServerUser(
              Files.getOwner(file).getName(), id(file, "uid"), id(file, "gid"), List.of()));
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(file, e);
    }
  }

  private static int ourId(String kind) {
    var self = Path.of("/proc/self");
    try {
      return id(self, kind);
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(self, e);
    }
  }

  private static int id(Path file, String kind) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:" + kind);
  }
}
