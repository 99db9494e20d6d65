package io.sluice.cli;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The files that paths mean: files as they are named, folders with all that is in them. Below a
/// folder, what is hidden (a name that begins with a dot) is left out, and so is what can not be
/// visited.
final class Gathering extends SimpleFileVisitor<Path> {
  private final Path root;
  private final Set<Path> found = new TreeSet<>();

  private Gathering(Path root) {
    this.root = root;
  }

  /// The files below a path, in the order of their names; the path itself if it is a file.
  static List<Path> below(Path path) throws IOException {
    var gathering = new Gathering(path);
    Files.walkFileTree(
        path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, gathering);
    return List.copyOf(gathering.found);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return hidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile() && !hidden(file)) {
      found.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  /// A loop of links, or a folder that may not be read.
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (file.equals(root)) {
      throw failure;
    }
    return FileVisitResult.CONTINUE;
  }

  private boolean hidden(Path path) {
    var name = path.getFileName();
    return !path.equals(root) && name != null && name.toString().startsWith(".");
  }
}
