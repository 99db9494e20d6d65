package io.sluice.api;

import io.sluice.platform.SluiceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Tells commands on this machine where the server is: `server.json` in the data directory, from
/// ready to stop.
@Component
class ServerFile {
  private static final Logger LOG = LoggerFactory.getLogger(ServerFile.class);

  private final Path file;
  private final JsonMapper mapper;

  ServerFile(SluiceSettings settings, JsonMapper mapper) {
    this.file = settings.data().resolve("server.json").toAbsolutePath();
    this.mapper = mapper;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) throws IOException {
    if (event.getApplicationContext() instanceof WebServerApplicationContext web
        && web.getWebServer() != null) {
      int port = web.getWebServer().getPort();
      var version = getClass().getPackage().getImplementationVersion();
      var content =
          Map.of(
              "url",
              "http://127.0.0.1:" + port,
              "port",
              port,
              "pid",
              ProcessHandle.current().pid(),
              "version",
              version == null ? "development" : version);
      Files.createDirectories(file.getParent());
      var fresh = Files.createTempFile(file.getParent(), "server", ".json");
      Files.writeString(fresh, mapper.writeValueAsString(content));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      LOG.info("ready at http://127.0.0.1:{}", port);
    }
  }

  @EventListener
  void closed(ContextClosedEvent event) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} could not be removed: {}", file, e.getMessage());
    }
  }
}
