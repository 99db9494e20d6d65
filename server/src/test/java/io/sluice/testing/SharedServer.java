package io.sluice.testing;

import io.sluice.SluiceServer;
import io.sluice.engine.testing.Scratch;
import io.sluice.engine.testing.TestDatabase;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.context.ConfigurableApplicationContext;

/// One server for most tests of HTTP, on a database of its own, reached as an operator's: with an
/// owner who migrates and a role that owns nothing.
public final class SharedServer {
  private static final Path DATA = Scratch.fresh("server");
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final ConfigurableApplicationContext CONTEXT = start();

  private SharedServer() {}

  private static ConfigurableApplicationContext start() {
    return SluiceServer.start(
        "--server.port=0",
        "--sluice.data=" + DATA,
        "--sluice.egress-allow=127.0.0.0/8,::1/128",
        "--sluice.database-url=" + url(DATABASE, DATABASE.app().user(), DATABASE.app().password()),
        "--sluice.database-owner-url="
            + url(DATABASE, DATABASE.owner().user(), DATABASE.owner().password()),
        "--logging.file.name=" + DATA.resolve("logs/sluice.log"));
  }

  /// As other tools write it.
  public static String url(TestDatabase database, String user, String password) {
    return database
        .jdbcUrl()
        .replaceFirst(
            "jdbc:postgresql://",
            "postgresql://"
                + user
                + ":"
                + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("$", "\\$")
                + "@");
  }

  public static Calls calls() {
    return new Calls(
        URI.create(
            "http://127.0.0.1:" + CONTEXT.getEnvironment().getProperty("local.server.port")));
  }

  public static ConfigurableApplicationContext context() {
    return CONTEXT;
  }

  public static TestDatabase database() {
    return DATABASE;
  }

  public static Path data() {
    return DATA;
  }
}
