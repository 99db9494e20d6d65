package io.sluice.providers.parsing;

import java.nio.file.Path;
import java.util.List;

/// The command that starts a parser process: a JVM, its options, [ParserMain]. The option that
/// gives the process a temporary directory of its own is put in right after the first word.
public record ParserLaunch(List<String> command) {
  public ParserLaunch {
    command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("the command that starts a parser must not be empty");
    }
  }

  /// The JVM and the class path that this program itself runs on. The class path must be one of
  /// plain directories and jars, as the launcher and the build make it.
  ///
  /// One processor, the serial collector and the first compiler tier: parsing is short work, and a
  /// parser must leave the machine to the server.
  public static ParserLaunch sameJvm(int heapMebibytes) {
    return new ParserLaunch(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heapMebibytes + "m",
            "-XX:+ExitOnOutOfMemoryError",
            // Without this the JVM's last words go to stdout, among the frames.
            "-XX:+DisplayVMOutputToStderr",
            "-XX:ActiveProcessorCount=1",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ParserMain.class.getName()));
  }
}
