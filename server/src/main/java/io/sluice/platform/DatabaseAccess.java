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
      var app = DatabaseUrl.read(settings.databaseUrl());
      var owner =
          settings.databaseOwnerUrl() == null ? app : DatabaseUrl.read(settings.databaseOwnerUrl());
      LOG.info("using the database that SLUICE_DATABASE_URL names");
      return new DatabaseAccess(null, owner, app);
    }
    var postgres =
        EmbeddedPostgres.start(
            PostgresSettings.in(settings.data().resolve("postgres")).withoutShutdownHook());
    return new DatabaseAccess(
        postgres,
        new Role(postgres.jdbcUrl(), postgres.owner().user(), postgres.owner().password()),
        new Role(postgres.jdbcUrl(), postgres.app().user(), postgres.app().password()));
  }

  /// The role that migrates.
  Role owner() {
    return owner;
  }

  /// The role that runs.
  Role app() {
    return app;
  }

  /// The runtime role's name, where it is another than the owner.
  @Nullable String runtimeRole() {
    return app.user() == null || app.user().equals(owner.user()) ? null : app.user();
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.stop();
    }
  }
}
