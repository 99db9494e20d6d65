package io.sluice.engine.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Why the embedded server cannot do what was asked. The message of each says what failed and what
/// to do about it.
public abstract sealed class PostgresProblem extends RuntimeException {
  private final String code;
  private final boolean retryHelps;

  private PostgresProblem(
      String code, boolean retryHelps, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryHelps = retryHelps;
  }

  /// A name for this kind of problem that stays the same between releases.
  public String code() {
    return code;
  }

  /// Whether the same call may succeed later although nobody mended anything.
  public boolean retryHelps() {
    return retryHelps;
  }

  /// Another living process owns the data directory.
  public static final class DataDirectoryInUse extends PostgresProblem {
    private final Path directory;
    private final OptionalLong holder;

    DataDirectoryInUse(Path directory, OptionalLong holder) {
      super(
          "DATA_DIRECTORY_IN_USE",
          true,
          "The data directory "
              + directory
              + " is in use by process "
              + (holder.isPresent() ? holder.getAsLong() : "(unknown)")
              + ". Stop that process, or choose another data directory.",
          null);
      this.directory = directory;
      this.holder = holder;
    }

    public Path directory() {
      return directory;
    }

    /// The number of the process that owns the directory, if it wrote it down already.
    public OptionalLong holder() {
      return holder;
    }
  }

  /// There is no PostgreSQL to run.
  public static final class BinariesMissing extends PostgresProblem {
    BinariesMissing(String message, @Nullable Throwable cause) {
      super("BINARIES_MISSING", false, message, cause);
    }
  }

  /// The server did not come up. Carries the end of its log.
  public static final class StartFailed extends PostgresProblem {
    private final List<String> logTail;

    StartFailed(String message, List<String> logTail, @Nullable Throwable cause) {
      super(
          "START_FAILED",
          true,
          logTail.isEmpty()
              ? message
              : message + " The server's log ends with:\n  " + String.join("\n  ", logTail),
          cause);
      this.logTail = List.copyOf(logTail);
    }

    public List<String> logTail() {
      return logTail;
    }
  }

  /// A file or directory is closed to the user that needs it.
  public static final class PermissionDenied extends PostgresProblem {
    private final Path path;

    PermissionDenied(Path path, String message, @Nullable Throwable cause) {
      super("PERMISSION_DENIED", false, message, cause);
      this.path = path;
    }

    public Path path() {
      return path;
    }
  }

  /// The cluster was made by another major version than the one at hand.
  public static final class UnsupportedVersion extends PostgresProblem {
    UnsupportedVersion(Path directory, int found, int available) {
      super(
          "UNSUPPORTED_VERSION",
          false,
          "The data in %s was written by PostgreSQL %d; the binaries at hand are PostgreSQL %d, which cannot read it. Use the binaries of version %d, or dump the data with them and load it into a new directory."
              .formatted(directory, found, available, found),
          null);
    }
  }

  /// The port that was asked for belongs to somebody else.
  public static final class PortTaken extends PostgresProblem {
    PortTaken(int port) {
      super(
          "PORT_TAKEN",
          true,
          "Port "
              + port
              + " on 127.0.0.1 is taken by another program. Stop that program, or name no port so that a free one is chosen.",
          null);
    }
  }

  /// The cluster exists, its passwords do not, or are not the right ones.
  public static final class PasswordsLost extends PostgresProblem {
    PasswordsLost(Path file, String what, @Nullable Throwable cause) {
      super(
          "PASSWORDS_LOST",
          false,
          what
              + " Put the file "
              + file
              + " back that belongs to this data directory; without it nobody can log in.",
          cause);
    }
  }

  /// The server refused to create or drop a database.
  public static final class DatabaseRefused extends PostgresProblem {
    DatabaseRefused(String database, String action, Throwable cause) {
      super(
          "DATABASE_REFUSED",
          true,
          "Cannot "
              + action
              + " the database "
              + database
              + ": "
              + cause.getMessage()
              + ". Close what is connected to it or to its template, and try again.",
          cause);
    }
  }

  /// A file of the data directory cannot be read or written: a full disk, a broken one.
  public static final class StorageFailed extends PostgresProblem {
    StorageFailed(Path path, Exception cause) {
      super(
          "STORAGE_FAILED",
          true,
          "Cannot read or write "
              + path
              + ": "
              + cause
              + ". Check that the disk has room and that the directory may be written.",
          cause);
    }
  }
}
