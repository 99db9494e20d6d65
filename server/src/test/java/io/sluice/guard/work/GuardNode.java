package io.sluice.guard.work;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.engine.IdSource;
import io.sluice.engine.Operations;
import io.sluice.engine.TenantId;
import io.sluice.guard.Answer;
import io.sluice.guard.BreakerConfig;
import io.sluice.guard.BreakerState;
import io.sluice.guard.BreakerView;
import io.sluice.guard.Breakers;
import io.sluice.guard.Call;
import io.sluice.guard.CallFailure;
import io.sluice.guard.CallOptions;
import io.sluice.guard.NotNow;
import io.sluice.guard.RateLimit;
import io.sluice.guard.http.Names;
import io.sluice.guard.http.Transport;
import io.sluice.guard.store.BreakerStore;
import io.sluice.guard.store.ChangeStore;
import io.sluice.guard.store.ParkedStore;
import io.sluice.guard.store.PermitStore;
import io.sluice.guard.store.RateStore;
import io.sluice.guard.store.WindowStore;
import io.sluice.platform.SpringTx;
import io.sluice.testing.SharedServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/// One more node beside the shared server, on the same database. Its once-a-second comes when the
/// test says so.
final class GuardNode implements AutoCloseable {
  static final TenantId TENANT = TenantId.DEFAULT;

  final Board board;
  final BreakerService breakers;
  final PermitStore permits;
  private final GuardedOutbound outbound;
  private final Transport transport;

  GuardNode() {
    this(Map.of());
  }

  GuardNode(Map<String, RateLimit> limits) {
    this(limits, SharedServer.context().getBean(DataSource.class));
  }

  GuardNode(Map<String, RateLimit> limits, DataSource pool) {
    var jdbc = JdbcClient.create(pool);
    var json = SharedServer.context().getBean(JsonMapper.class);
    var operations = SharedServer.context().getBean(Operations.class);
    var ids = IdSource.system();
    var breakerStore = new BreakerStore(jdbc, json, ids);
    var permits = new PermitStore(jdbc);
    var changes = new ChangeStore(jdbc);
    var rates = new RateStore(jdbc);
    var tx = new SpringTx(new DataSourceTransactionManager(pool), pool);
    var clock = new SharedClock(InstantSource.system());
    var moves = new Moves(breakerStore, permits, changes, operations, tx);
    var stores = new Board.Stores(breakerStore, new WindowStore(jdbc, json), permits, rates);
    board = new Board(stores, moves, clock, ids);
    transport =
        new Transport(
            Names.SYSTEM,
            GuardConfiguration.policy(List.of("127.0.0.0/8")),
            new VirtualThreadTaskExecutor("call-"));
    outbound =
        new GuardedOutbound(
            transport,
            new GuardedOutbound.Parts(
                board,
                new Turnstile(board, permits, moves, clock, ids),
                new Rates(rates, clock),
                limits,
                new GuardMetrics(new SimpleMeterRegistry()),
                clock));
    breakers =
        new BreakerService(breakerStore, permits, changes, new ParkedStore(jdbc), moves, board, tx);
    this.permits = permits;
  }

  GuardedOutbound outbound() {
    return outbound;
  }

  /// A quick configuration: judged after four calls, open for a second and a half.
  static BreakerConfig quick() {
    return quick(1, 2, null);
  }

  static BreakerConfig quick(double growth, int permits, RateLimit limit) {
    return quick(Duration.ofMillis(1500), growth, permits, limit);
  }

  /// Stays open for the test.
  static BreakerConfig lasting() {
    return quick(Duration.ofMinutes(1), 1, 2, null);
  }

  private static BreakerConfig quick(Duration open, double growth, int permits, RateLimit limit) {
    var basic = BreakerConfig.DEFAULT;
    return new BreakerConfig(
        true,
        50,
        100,
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        4,
        open,
        growth,
        Duration.ofMinutes(1),
        permits,
        basic.honourRetryAfter(),
        10,
        limit);
  }

  void configure(String service, BreakerConfig config) {
    breakers.configure(change(service), config, null);
  }

  static Breakers.Change change(String service) {
    return new Breakers.Change(TENANT, service, "tester");
  }

  /// How a call went, in a word: its status, or its failure's code.
  String call(String service, String url) throws InterruptedException {
    try {
      return Integer.toString(answer(service, url).status());
    } catch (NotNow refusal) {
      return refusal.code();
    } catch (CallFailure.Passing failure) {
      return failure.code();
    }
  }

  Answer answer(String service, String url) throws InterruptedException {
    return outbound.send(
        Call.get(TENANT, service, url).with(CallOptions.DEFAULT.within(Duration.ofSeconds(10))));
  }

  BreakerState state(String service) {
    return view(service).state();
  }

  BreakerView view(String service) {
    return breakers.get(TENANT, service);
  }

  @Override
  public void close() {
    transport.close();
  }
}
