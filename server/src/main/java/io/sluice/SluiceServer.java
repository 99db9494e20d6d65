package io.sluice;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/// The server. Started by the `serve` and `demo` commands.
@SpringBootApplication
@ConfigurationPropertiesScan
public class SluiceServer {
  /// Starts it.
  ///
  /// @param args Spring Boot's, e.g. `--sluice.data=…`
  public static ConfigurableApplicationContext start(String... args) {
    var application = new SpringApplication(SluiceServer.class);
    application.setRegisterShutdownHook(true);
    return application.run(args);
  }
}
