package io.sluice.bench.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One PostgreSQL for the run, in a directory that goes when the run ends.
///
/// The server is a direct child that the kernel interrupts when this process dies, so that a killed
/// run leaves no server behind (its directory stays in the temporary directory). PostgreSQL refuses
/// to run as root; root steps down to `postgres`, or to `nobody` where there is none.
public final class BenchDatabase implements AutoCloseable {
  /// Everything that is not named here is the default of PostgreSQL.
  public static final List<String> SETTINGS =
      List.of("shared_buffers=1GB", "synchronous_commit=on", "fsync=on", "max_connections=200");

  private static final String BINARIES = "/postgres-linux-x86_64.txz";
  private static final String SUPERUSER = "postgres";
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private final Path home;
  private final String password;
  private final int port;
  private final Process postmaster;
  private boolean stopped;

  private BenchDatabase(Path home, String password, int port) throws IOException {
    this.home = home;
    this.password = password;
    this.port = port;
    this.postmaster = launch();
  }

  public static BenchDatabase start() throws IOException, InterruptedException {
    var home = Files.createTempDirectory("sluice-bench-");
    var password = randomPassword();
    unpack(home);
    Files.writeString(home.resolve("password"), password);
    if (isRoot()) {
      run(home, List.of("chown", "-R", lesserUser(), home.toString()));
    }
    initialise(home);
    var database = new BenchDatabase(home, password, freePort());
    Runtime.getRuntime().addShutdownHook(new Thread(database::close, "postgres-stop"));
    database.awaitReady();
    return database;
  }

  public Database database(String name) {
    return new Database(name, port, SUPERUSER, password);
  }

  public Database newDatabase(String name) throws SQLException {
    database("postgres").execute("CREATE DATABASE \"" + name + "\"");
    return database(name);
  }

  public long postmasterPid() {
    return postmaster.pid();
  }

  /// What the server logs, from its start.
  public Path log() {
    return home.resolve("log");
  }

  /// The file system under the data: on a tmpfs, an fsync costs nothing and the numbers mean
  /// nothing.
  public String fileSystem() throws IOException {
    return Files.getFileStore(home).type();
  }

  @Override
  public synchronized void close() {
    if (stopped) {
      return;
    }
    stopped = true;
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start().waitFor();
      if (!postmaster.waitFor(30, TimeUnit.SECONDS)) {
        postmaster.destroyForcibly();
      }
      delete(home);
    } catch (IOException e) {
      postmaster.destroyForcibly();
      System.err.println("could not clean up " + home + ": " + e.getMessage());
    } catch (InterruptedException _) {
      postmaster.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Process launch() throws IOException {
    var command = new ArrayList<>(asLesserUser());
    command.addAll(List.of("--pdeathsig", "INT", "--"));
    command.add(home.resolve("bin/postgres").toString());
    command.addAll(List.of("-D", home.resolve("data").toString()));
    for (var setting : SETTINGS) {
      command.addAll(List.of("-c", setting));
    }
    command.addAll(List.of("-c", "port=" + port, "-c", "listen_addresses=127.0.0.1"));
    command.addAll(List.of("-c", "unix_socket_directories="));
    return builder(home, command).start();
  }

  private void awaitReady() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      try (var _ = database("postgres").connect()) {
        return;
      } catch (SQLException e) {
        if (!postmaster.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("PostgreSQL did not start: " + Files.readString(log()), e);
        }
        Thread.sleep(50);
      }
    }
  }

  private static void unpack(Path home) throws IOException, InterruptedException {
    var archive = home.resolve("postgres.txz");
    try (var binaries = BenchDatabase.class.getResourceAsStream(BINARIES)) {
      if (binaries == null) {
        throw new IOException(BINARIES + " is not on the class path");
      }
      Files.copy(binaries, archive);
    }
    run(home, List.of("tar", "-xJf", archive.toString(), "-C", home.toString()));
    Files.delete(archive);
  }

  private static void initialise(Path home) throws IOException, InterruptedException {
    var command = new ArrayList<>(asLesserUser());
    command.addAll(List.of("--", home.resolve("bin/initdb").toString()));
    command.addAll(List.of("-D", home.resolve("data").toString(), "-U", SUPERUSER));
    command.addAll(List.of("-A", "scram-sha-256", "--pwfile", home.resolve("password").toString()));
    command.addAll(List.of("--locale=C.UTF-8", "-E", "UTF8"));
    run(home, command);
  }

  private static List<String> asLesserUser() throws IOException {
    return isRoot()
        ? List.of(
            "setpriv", "--reuid", lesserUser(), "--regid", groupOf(lesserUser()), "--init-groups")
        : List.of("setpriv");
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String lesserUser() throws IOException {
    return passwordLines().stream().anyMatch(line -> line.startsWith("postgres:"))
        ? "postgres"
        : "nobody";
  }

  private static String groupOf(String user) throws IOException {
    return passwordLines().stream()
        .filter(line -> line.startsWith(user + ":"))
        .map(line -> line.split(":", -1)[3])
        .findFirst()
        .orElseThrow(() -> new IOException("no user " + user + " to run PostgreSQL as"));
  }

  private static List<String> passwordLines() throws IOException {
    return Files.readAllLines(Path.of("/etc/passwd"));
  }

  private static void run(Path home, List<String> command)
      throws IOException, InterruptedException {
    if (builder(home, command).start().waitFor() != 0) {
      throw new IOException(command + " failed: " + Files.readString(home.resolve("log")));
    }
  }

  private static ProcessBuilder builder(Path home, List<String> command) {
    var builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().put("LANG", "C.UTF-8");
    return builder;
  }

  private static String randomPassword() {
    var bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
