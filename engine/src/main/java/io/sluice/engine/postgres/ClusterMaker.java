package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the cluster once, as a whole or not at all.
final class ClusterMaker {
  private static final Logger log = LoggerFactory.getLogger(ClusterMaker.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration ORPHANS_END = Duration.ofSeconds(5);
  private static final String DRAFT = "cluster.init-";

  /// From this version on PostgreSQL brings the locale C.UTF-8 itself, the same on every system.
  private static final int BUILTIN_LOCALE_SINCE = 17;

  private final Installation installation;

  ClusterMaker(Installation installation) {
    this.installation = installation;
  }

  void makeUnlessThere() {
    var cluster = installation.cluster();
    try {
      throwDraftsAway();
      if (Files.exists(cluster)) {
        requireVersion(cluster);
      } else {
        make(cluster);
      }
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(cluster, e);
    }
  }

  private void throwDraftsAway() throws IOException {
    try (var drafts = Files.newDirectoryStream(installation.directory().root(), DRAFT + "*")) {
      for (var draft : drafts) {
        throwAway(draft);
      }
    }
  }

  /// What an `initdb` that was cut short left behind. It may even still run, as an orphan with
  /// children that write. A draft that cannot be deleted now harms nobody, since each has a name of
  /// its own: the next start tries again.
  private static void throwAway(Path draft) {
    log.info("Throwing away {}, which an interrupted start left behind", draft);
    var deadline = Deadline.in(ORPHANS_END);
    while (true) {
      Strays.killMakersOf(draft);
      try {
        AtomicFile.deleteTree(draft);
        return;
      } catch (IOException e) {
        if (deadline.passed()) {
          log.warn("{} cannot be deleted", draft, e);
          return;
        }
      }
    }
  }

  /// A crash before the rename leaves a draft, which the next start throws away; after it, a
  /// complete cluster.
  private void make(Path cluster) throws IOException {
    log.info("Making a database in {}", cluster);
    var draft = cluster.resolveSibling(DRAFT + UUID.randomUUID());
    var passwordFile = draft.resolveSibling(draft.getFileName() + ".password");
    try {
      Files.createDirectory(draft);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
      installation.user().own(draft);
      var superuser = installation.passwords().superuser();
      AtomicFile.write(passwordFile, superuser.password() + "\n", installation.user());
      initdb(draft, passwordFile);
      ServerConfiguration.include(draft);
      AtomicFile.rename(draft, cluster);
    } finally {
      Files.deleteIfExists(passwordFile);
      AtomicFile.deleteTree(draft);
    }
  }

  private void initdb(Path draft, Path passwordFile) {
    var binaries = installation.binaries();
    var arguments =
        new ArrayList<>(
            List.of(
                binaries.initdb(),
                "--pgdata=" + draft,
                "--username=" + Passwords.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C.UTF-8"));
    if (binaries.major() >= BUILTIN_LOCALE_SINCE) {
      arguments.add("--locale-provider=builtin");
      arguments.add("--builtin-locale=C.UTF-8");
    }
    var outcome = installation.user().run(arguments, PATIENCE);
    if (!outcome.succeeded()) {
      throw new PostgresProblem.StartFailed(
          "initdb could not make a database in "
              + installation.cluster()
              + ". Mend what its last lines say, and start again.",
          outcome.output().lines().toList(),
          null);
    }
  }

  private void requireVersion(Path cluster) throws IOException {
    var found = Integer.parseInt(Files.readString(cluster.resolve("PG_VERSION")).strip());
    var available = installation.binaries().major();
    if (found != available) {
      throw new PostgresProblem.UnsupportedVersion(
          installation.directory().root(), found, available);
    }
  }
}
