package io.sluice.cli;

import java.io.IOException;
import java.util.Properties;

/// Which Sluice this is.
final class Version {
  private static final String POM = "/META-INF/maven/io.sluice/sluice-server/pom.properties";

  private Version() {}

  /// As in the build; `development` when it was not packaged.
  static String number() {
    try (var in = Version.class.getResourceAsStream(POM)) {
      if (in == null) {
        return "development";
      }
      var pom = new Properties();
      pom.load(in);
      return pom.getProperty("version", "development");
    } catch (IOException e) {
      return "development";
    }
  }

  static String line() {
    return "sluice " + number() + " (Java " + Runtime.version() + ")";
  }
}
