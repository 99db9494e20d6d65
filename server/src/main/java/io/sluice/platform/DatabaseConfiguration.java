package io.sluice.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The database and the pool. Beans are destroyed in the reverse order: pool first, database last.
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
  /// How often a connection that nobody uses asks the server whether it is there. TCP keeps an eye
  /// on them too, and an idle server should be idle.
  private static final Duration KEEPALIVE = Duration.ofMinutes(10);

  @Bean(destroyMethod = "close")
  DatabaseAccess databaseAccess(SluiceSettings settings) {
    var database = DatabaseAccess.open(settings);
    try {
      Migrations.run(database);
      return database;
    } catch (SQLException e) {
      database.close();
      throw new CannotStart(
          "The database can not be used: " + e.getMessage() + ". Check SLUICE_DATABASE_URL.", e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Bean(destroyMethod = "close")
  HikariDataSource dataSource(DatabaseAccess database, SluiceSettings settings) {
    var config = new HikariConfig();
    config.setPoolName("sluice");
    config.setJdbcUrl(database.app().url());
    config.setUsername(database.app().user());
    config.setPassword(database.app().password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(10_000);
    config.setValidationTimeout(2_000);
    config.setKeepaliveTime(KEEPALIVE.toMillis());
    config.addDataSourceProperty("ApplicationName", "sluice");
    config.addDataSourceProperty("socketTimeout", "0");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return new HikariDataSource(config);
  }

  @Bean
  JdbcClient jdbcClient(DataSource pool) {
    return JdbcClient.create(pool);
  }
}
