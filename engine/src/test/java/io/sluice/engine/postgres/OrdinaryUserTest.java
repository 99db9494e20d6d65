package io.sluice.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.engine.testing.Scratch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When the tests run as root, all others show that root works; these show that an ordinary user
/// does, and how a root is told that the server's user has no way in.
class OrdinaryUserTest {
  private Path directory;

  @BeforeEach
  void requireRoot() throws IOException {
    assumeTrue(Scratch.runsAsRoot(), "Only root can become somebody else");
    directory = Files.createTempDirectory(Path.of("/tmp"), "sluice-user-");
  }

  @AfterEach
  void cleanUp() throws IOException {
    if (directory != null) {
      AtomicFile.deleteTree(directory);
    }
  }

  @Test
  void runsAsAnOrdinaryUser() throws Exception {
    var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    assumeTrue(Command.run(prefixed(nobody, "true"), Duration.ofSeconds(5)).succeeded());
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assumeTrue(
        Command.run(prefixed(nobody, "test", "-x", java), Duration.ofSeconds(5)).succeeded());
    var classPath = readableClassPath();
    var home = Files.createDirectory(directory.resolve("home"));
    new ProcessBuilder("cp", "-r", TestServers.binaries().toString(), home + "/binaries")
        .start()
        .waitFor();
    new ProcessBuilder("chown", "-R", "65534", home.toString()).start().waitFor();
    try (var child = ChildJvm.startAs(nobody, classPath, home)) {
      var report = child.report();
      assertThat(report).startsWith("UP ");
      var postmaster = Path.of("/proc", report.split(" ")[1]);
      assertThat(Files.getAttribute(postmaster, "unix:uid")).isEqualTo(65534);
      child.finish();
      assertThat(postmaster).doesNotExist();
    }
  }

  @Test
  void namesTheDirectoryThatTheServersUserCannotEnter() throws IOException {
    var closed = Files.createDirectories(directory.resolve("closed/within"));
    Files.setPosixFilePermissions(
        closed.resolveSibling(""), PosixFilePermissions.fromString("rwx------"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(TestServers.settings(closed.resolve("data"))))
        .isInstanceOfSatisfying(
            PostgresProblem.PermissionDenied.class,
            problem -> assertThat(problem.path()).isEqualTo(directory.resolve("closed")))
        .hasMessageContaining("cannot enter " + directory.resolve("closed") + " ")
        .hasMessageContaining("chmod o+x");
  }

  /// The class path lies in directories that may be closed to others: copies of it do not.
  private String readableClassPath() throws IOException, InterruptedException {
    var copies = new ArrayList<String>();
    var target = Files.createDirectory(directory.resolve("classes"));
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      var source = Path.of(entry);
      var copy = target.resolve(copies.size() + "-" + source.getFileName());
      if (Files.isDirectory(source)) {
        new ProcessBuilder("cp", "-r", entry, copy.toString()).start().waitFor();
      } else if (Files.exists(source)) {
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      copies.add(copy.toString());
    }
    new ProcessBuilder("chmod", "-R", "a+rX", directory.toString()).start().waitFor();
    return String.join(File.pathSeparator, copies);
  }

  private static List<String> prefixed(List<String> prefix, String... command) {
    var whole = new ArrayList<>(prefix);
    whole.addAll(List.of(command));
    return whole;
  }
}
