package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The server's settings, in a file that `postgresql.conf` includes last and that is written anew
/// at each start.
record ServerConfiguration(int port, String text) {
  private static final String FILE = "sluice.conf";

  /// The longest path of a socket that the kernel takes (108 bytes with the closing zero).
  private static final int LONGEST_SOCKET_PATH = 107;

  /// What durability and safety hang on. Not to be changed by whoever configures the server.
  static final Map<String, String> DURABLE =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "password_encryption", "scram-sha-256");

  /// Settings that are this package's own affair.
  static final Set<String> GUARDED =
      Set.of(
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "password_encryption",
          "listen_addresses",
          "port",
          "unix_socket_directories",
          "data_directory",
          "hba_file",
          "ident_file",
          "logging_collector",
          "log_directory",
          "log_filename",
          "log_line_prefix",
          "include",
          "include_dir",
          "include_if_exists");

  /// Nobody is let in without a password, wherever they come from.
  private static final String ACCESS =
      """
      # Written at each start; changes are lost.
      local all all              scram-sha-256
      host  all all 127.0.0.1/32 scram-sha-256
      """;

  static void requireAllowed(Map<String, String> settings) {
    settings.forEach((name, value) -> {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_.]*") || value.contains("\n")) {
        throw new IllegalArgumentException("Not a setting of PostgreSQL: " + name);
      }
      if (GUARDED.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "The server setting " + name + " cannot be changed: durability and safety hang on it");
      }
    });
  }

  static ServerConfiguration of(PostgresSettings settings, DataDirectory directory, int port) {
    // Sorted: two starts with equal settings must write equal text, or the second could not adopt
    // the first's server.
    Map<String, String> lines = new TreeMap<>();
    lines.put("shared_buffers", "256MB");
    lines.put("max_connections", "200");
    lines.put("timezone", "UTC");
    lines.put("log_timezone", "UTC");
    lines.put("lc_messages", "C");
    lines.put("cluster_name", "sluice");
    lines.put("unix_socket_permissions", "0700");
    lines.putAll(settings.serverSettings());
    lines.putAll(DURABLE);
    lines.put("listen_addresses", "127.0.0.1");
    lines.put("port", Integer.toString(port));
    lines.put("unix_socket_directories", socketDirectory(directory.cluster()));
    lines.putAll(directory.log().settings());
    var text = new StringBuilder("# Written at each start; changes are lost.\n");
    lines.forEach((name, value) ->
        text.append(name).append(" = '").append(value.replace("'", "''")).append("'\n"));
    return new ServerConfiguration(port, text.toString());
  }

  /// None when the path would be too long for a socket, or would need quoting that a list of paths
  /// cannot express.
  private static String socketDirectory(Path cluster) {
    var bytes = (cluster + "/.s.PGSQL.65535").getBytes(StandardCharsets.UTF_8).length;
    var path = cluster.toString();
    return bytes > LONGEST_SOCKET_PATH || path.contains("\"") ? "" : "\"" + path + "\"";
  }

  boolean isWrittenIn(Path cluster) {
    try {
      return Files.readString(cluster.resolve(FILE)).equals(text);
    } catch (IOException e) {
      return false;
    }
  }

  void write(Path cluster, ServerUser owner) {
    try {
      AtomicFile.write(cluster.resolve(FILE), text, owner);
      AtomicFile.write(cluster.resolve("pg_hba.conf"), ACCESS, owner);
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(cluster, e);
    }
  }

  /// Done once, while the cluster is made: keeps what `initdb` found out about this machine.
  static void include(Path cluster) throws IOException {
    var main = cluster.resolve("postgresql.conf");
    Files.writeString(main, Files.readString(main) + "\ninclude_if_exists '" + FILE + "'\n");
  }
}
