package io.sluice.providers.parsing;

import java.nio.file.Path;

/// @param processes how many files are parsed at the same time; one for every two cores is plenty
/// @param filesPerProcess after how many files a process is replaced
/// @param temporary where each process gets a directory of its own
public record ParserSettings(
    ParserLaunch launch, int processes, int filesPerProcess, Path temporary) {

  public static final int DEFAULT_HEAP_MEBIBYTES = 768;

  public ParserSettings {
    if (processes < 1 || filesPerProcess < 1) {
      throw new IllegalArgumentException("a parser needs at least one process and one file each");
    }
  }

  public static ParserSettings defaults(Path temporary) {
    return new ParserSettings(ParserLaunch.sameJvm(DEFAULT_HEAP_MEBIBYTES), 1, 500, temporary);
  }
}
