package io.sluice;

import io.sluice.platform.CannotStart;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/// The server. Started by the `serve` and `demo` commands.
// Modules name their classes without looking at each other.
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@ConfigurationPropertiesScan
public class SluiceServer {
  /// Starts it, and stops it when the JVM is told to end.
  ///
  /// @param args Spring Boot's, e.g. `--sluice.data=…`
  /// @throws CannotStart if it can not start for a reason that an operator can mend; its message is
  ///   one sentence, and nothing else was printed about it
  public static ConfigurableApplicationContext start(String... args) {
    var application = new SpringApplication(SluiceServer.class);
    application.setRegisterShutdownHook(true);
    try {
      return application.run(args);
    } catch (RuntimeException e) {
      var known = CannotStart.because(e);
      throw known == null ? e : known;
    }
  }

  /// Starts it in a process of its own. Exits with [CannotStart#EXIT_CODE] when it can not start.
  ///
  /// @param args Spring Boot's
  public static void main(String[] args) {
    try {
      start(args);
    } catch (CannotStart e) {
      System.err.println(e.getMessage());
      System.exit(CannotStart.EXIT_CODE);
    }
  }
}
