package io.sluice.platform;

import io.sluice.engine.postgres.EmbeddedPostgres;
import io.sluice.engine.postgres.PostgresSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The database in use: the embedded one, which this starts and stops, or the operator's own.
final class DatabaseAccess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseAccess.class);

  /// How to connect as some role.
  ///
  /// @param user null: the URL says
  /// @param password null: the URL says
  record Role(String url, @Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
      return "Role[" + user + "]";
    }
  }

  private final @Nullable EmbeddedPostgres embedded;
  private final Role owner;
  private final Role app;

  private DatabaseAccess(@Nullable EmbeddedPostgres embedded, Role owner, Role app) {
    this.embedded = embedded;
    this.owner = owner;
    this.app = app;
  }

  /// Starts the embedded database, or takes the operator's URL.
  static DatabaseAccess open(SluiceSettings settings) {
    if (settings.databaseUrl() != null && !settings.databaseUrl().isBlank()) {
      var url = jdbc(settings.databaseUrl());
      var ownerUrl = settings.databaseOwnerUrl() == null ? url : jdbc(settings.databaseOwnerUrl());
      LOG.info("using the database that SLUICE_DATABASE_URL names");
      return new DatabaseAccess(null, new Role(ownerUrl, null, null), new Role(url, null, null));
    }
    var postgres =
        EmbeddedPostgres.start(
            PostgresSettings.in(settings.data().resolve("postgres")).withoutShutdownHook());
    return new DatabaseAccess(
        postgres,
        new Role(postgres.jdbcUrl(), postgres.owner().user(), postgres.owner().password()),
        new Role(postgres.jdbcUrl(), postgres.app().user(), postgres.app().password()));
  }

  /// Accepts the usual forms of a URL: `jdbc:postgresql://…` as it is,
  /// `postgresql://user:password@host/db` as other tools write it.
  static String jdbc(String url) {
    if (url.startsWith("jdbc:")) {
      return url;
    }
    var uri = java.net.URI.create(url.replaceFirst("^postgres(ql)?:", "postgresql:"));
    var target =
        "jdbc:postgresql://"
            + uri.getHost()
            + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
            + uri.getPath();
    var query = new StringBuilder(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    if (uri.getRawUserInfo() != null) {
      var login = uri.getRawUserInfo().split(":", 2);
      query.append(query.isEmpty() ? "" : "&").append("user=").append(login[0]);
      if (login.length > 1) {
        query.append("&password=").append(login[1]);
      }
    }
    return query.isEmpty() ? target : target + "?" + query;
  }

  /// The role that migrates.
  Role owner() {
    return owner;
  }

  /// The role that runs.
  Role app() {
    return app;
  }

  /// The runtime role's name, where it is not the owner.
  @Nullable String runtimeRole() {
    return embedded == null ? null : app.user();
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.stop();
    }
  }
}
