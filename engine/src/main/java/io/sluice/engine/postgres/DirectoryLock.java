package io.sluice.engine.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Owns a data directory for this process: a lock of the kernel's, gone when the process is gone.
///
/// Such a lock belongs to the process, and closing **any** descriptor of the file gives it up.
/// Hence the set of directories held here: a second attempt in this process must not even open the
/// file.
final class DirectoryLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static DirectoryLock take(DataDirectory directory) {
    var file = directory.lock();
    if (!HELD.add(file)) {
      throw new PostgresProblem.DataDirectoryInUse(directory.root(), OptionalLong.of(ourPid()));
    }
    var taken = false;
    try {
      var lock = new DirectoryLock(file, open(file));
      taken = lock.tryLock(directory);
      return lock;
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(file, e);
    } finally {
      if (!taken) {
        HELD.remove(file);
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private boolean tryLock(DataDirectory directory) throws IOException {
    try {
      if (channel.tryLock() == null) {
        var holder = holder(file);
        channel.close();
        throw new PostgresProblem.DataDirectoryInUse(directory.root(), holder);
      }
    } catch (OverlappingFileLockException e) {
      // Held by a copy of this class in another class loader. The channel stays open: closing it
      // would free the lock.
      throw new PostgresProblem.DataDirectoryInUse(directory.root(), OptionalLong.of(ourPid()));
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap((ourPid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    return true;
  }

  private static OptionalLong holder(Path file) throws IOException {
    try {
      return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static long ourPid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new PostgresProblem.StorageFailed(file, e);
    } finally {
      HELD.remove(file);
    }
  }
}
