import io.sluice.engine.EnqueueOptions;
import io.sluice.engine.JobContext;
import io.sluice.engine.Kind;
import io.sluice.engine.RetryPolicy;
import io.sluice.engine.StepOptions;
import io.sluice.engine.TransientFailure;
import io.sluice.engine.UniqueKey;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.postgres.EmbeddedPostgres;
import io.sluice.engine.postgres.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/// A program with the engine in it: takes orders, charges each exactly once, waits for an approval, ships.
public class Orders {
  record Order(String id, int cents) {}

  static final Kind<Order, String> FULFIL =
      Kind.of("order.fulfil", Order.class, String.class).inQueue("orders");

  static final AtomicInteger CALLS = new AtomicInteger();

  /// The whole life of an order, top to bottom. It may run many times; what is recorded runs once.
  static String fulfil(Order order, JobContext job) {
    var stock =
        job.step(
            "reserve",
            String.class,
            StepOptions.retrying(RetryPolicy.fixed(3, Duration.ofMillis(100))),
            () -> {
              if (CALLS.incrementAndGet() == 1) {
                throw new TransientFailure("busy", "the warehouse did not answer");
              }
              return "shelf 7";
            });
    job.transaction("charge", Integer.class, tx -> charge(tx.connection(), order));
    boolean approved = job.await("approved", Boolean.class, Duration.ofDays(2)).orElse(false);
    return approved ? order.id() + " shipped from " + stock : order.id() + " given up";
  }

  /// Commits together with the record of the step, or not at all.
  static int charge(Connection connection, Order order) throws SQLException {
    try (var insert = connection.prepareStatement("insert into charge (order_id, cents) values (?, ?)")) {
      insert.setString(1, order.id());
      insert.setInt(2, order.cents());
      return insert.executeUpdate();
    }
  }

  public static void main(String[] args) throws Exception {
    var data = Path.of(args.length > 0 ? args[0] : "target/example-postgres");
    try (var postgres = EmbeddedPostgres.start(PostgresSettings.in(data))) {
      try (var owner = DriverManager.getConnection(postgres.jdbcUrl(), postgres.owner().user(), postgres.owner().password());
          var statement = owner.createStatement()) {
        Engine.migrate(owner);
        statement.execute("create table if not exists charge (order_id text primary key, cents int not null)");
        statement.execute("truncate charge");
      }
      // Any pool will do; this source makes a connection each time, which is enough for an example.
      var pool = new PGSimpleDataSource();
      pool.setUrl(postgres.jdbcUrl());
      pool.setUser(postgres.owner().user());
      pool.setPassword(postgres.owner().password());

      try (var engine = Engine.on(pool).handle(FULFIL, Orders::fulfil).start()) {
        run(engine);
      }
    }
  }

  static void run(Engine engine) throws SQLException {
    var order = new Order("order-" + System.nanoTime(), 4200);
    var options = EnqueueOptions.DEFAULT.withUniqueKey(UniqueKey.whileLive(order.id()));
    var first = engine.inTransaction(tx -> engine.jobs().enqueue(tx, FULFIL, order, options));
    var again = engine.jobs().enqueue(FULFIL, order, options);
    System.out.println("enqueued " + first.job() + "; a second time: " + (again.created() ? "another" : "the same"));

    engine.jobs().signal(first.job(), "approved", true);
    var outcome = engine.jobs().result(first.job(), String.class, Duration.ofSeconds(20)).orElseThrow();
    System.out.println(outcome.orThrow());

    System.out.println("its history:");
    for (var line : engine.operations().history(first.job())) {
      System.out.println("  " + line.at() + "  " + line.what() + "  " + (line.to() == null ? line.why() : line.to().sql()));
    }
  }
}
