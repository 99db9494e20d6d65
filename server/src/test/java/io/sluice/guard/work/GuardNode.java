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
import io.sluice.guard.store.PermitStore;
import io.sluice.guard.store.RateStore;
import io.sluice.guard.store.WindowStore;
import io.sluice.platform.Every;
import io.sluice.platform.SpringTx;
import io.sluice.testing.SharedServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/// One more node beside the shared server, on the same database. Its once-a-second comes when the
/// test says so, or by itself after [#ticking].
final class GuardNode implements AutoCloseable {
  static final TenantId TENANT = TenantId.DEFAULT;

  final Board board;
  final BreakerService breakers;
  private final GuardedOutbound outbound;
  private final Transport transport;
  private Every every;

  GuardNode() {
    this(Map.of());
  }

  GuardNode(Map<String, RateLimit> limits) {
    var breakerStore = bean(BreakerStore.class);
    var permits = bean(PermitStore.class);
    var changes = bean(ChangeStore.class);
    var rates = bean(RateStore.class);
    var tx = bean(SpringTx.class);
    var clock = new SharedClock(InstantSource.system());
    var moves = new Moves(breakerStore, permits, changes, bean(Operations.class), tx);
    var stores = new Board.Stores(breakerStore, bean(WindowStore.class), permits, rates);
    board = new Board(stores, moves, clock, IdSource.system());
    transport =
        new Transport(
            Names.SYSTEM,
            GuardConfiguration.policy(List.of("127.0.0.0/8")),
            new VirtualThreadTaskExecutor("call-"));
    var metrics = new GuardMetrics(new SimpleMeterRegistry());
    outbound =
        new GuardedOutbound(
            transport,
            new GuardedOutbound.Parts(board, new Rates(rates, clock), limits, metrics, clock));
    breakers = new BreakerService(breakerStore, permits, changes, moves, board, tx);
  }

  private static <T> T bean(Class<T> type) {
    return SharedServer.context().getBean(type);
  }

  GuardNode ticking() {
    every = Every.start("test-guard", Duration.ofMillis(100), board::turn);
    return this;
  }

  GuardedOutbound outbound() {
    return outbound;
  }

  /// A quick configuration: judged after four calls, open for a second.
  static BreakerConfig quick() {
    return quick(1, 2, null);
  }

  static BreakerConfig quick(double growth, int permits, RateLimit limit) {
    var basic = BreakerConfig.DEFAULT;
    return new BreakerConfig(
        true,
        50,
        100,
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        4,
        Duration.ofSeconds(1),
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
        Call.get(TENANT, service, url)
            .with(CallOptions.DEFAULT.within(Duration.ofSeconds(10))));
  }

  BreakerState state(String service) {
    return view(service).state();
  }

  BreakerView view(String service) {
    return breakers.get(TENANT, service);
  }

  @Override
  public void close() {
    if (every != null) {
      every.close();
    }
    transport.close();
  }
}
