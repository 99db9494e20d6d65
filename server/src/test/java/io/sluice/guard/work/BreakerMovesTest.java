package io.sluice.guard.work;

import static io.sluice.guard.BreakerState.CLOSED;
import static io.sluice.guard.BreakerState.HALF_OPEN;
import static io.sluice.guard.BreakerState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.IdSource;
import io.sluice.guard.BreakerConfig;
import io.sluice.guard.BreakerState;
import io.sluice.guard.model.BreakerMove;
import io.sluice.guard.store.Breaker;
import io.sluice.guard.store.BreakerStore;
import io.sluice.guard.store.BreakerStore.Leaving;
import io.sluice.guard.store.Key;
import io.sluice.platform.MigratedDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// The database makes the moves of the table, each from the states that the table names, and no
/// other.
class BreakerMovesTest {
  private static final IdSource IDS = IdSource.system();

  @ParameterizedTest
  @EnumSource(BreakerMove.class)
  void isMadeFromTheStatesOfTheTableOnly(BreakerMove move) {
    try (var database = MigratedDatabase.create()) {
      var store =
          new BreakerStore(
              JdbcClient.create(database.dataSource(database.app())),
              JsonMapper.builder().build(),
              IDS);
      for (var from : BreakerState.values()) {
        var breaker = in(store, from);
        boolean made = make(store, move, breaker, breaker.generation());
        assertThat(made).as("%s from %s", move, from).isEqualTo(move.from().contains(from));
        var after = store.find(breaker.key()).orElseThrow();
        assertThat(after.state()).isEqualTo(made ? move.to() : from);
        assertThat(after.generation()).isEqualTo(breaker.generation() + (made ? 1 : 0));
      }
    }
  }

  @Test
  void whoHasSeenAnOlderGenerationMovesNothing() {
    try (var database = MigratedDatabase.create()) {
      var store =
          new BreakerStore(
              JdbcClient.create(database.dataSource(database.app())),
              JsonMapper.builder().build(),
              IDS);
      for (var move : BreakerMove.values()) {
        var breaker = in(store, move.from().iterator().next());
        assertThat(make(store, move, breaker, breaker.generation() - 1)).isFalse();
        assertThat(make(store, move, breaker, breaker.generation())).isTrue();
        assertThat(make(store, move, breaker, breaker.generation())).isFalse();
      }
    }
  }

  private static boolean make(BreakerStore store, BreakerMove move, Breaker breaker, long seen) {
    var key = breaker.key();
    return switch (move) {
      case TRIP -> breaker.state() == CLOSED && store.open(leaving(key, seen));
      case RELAPSE -> breaker.state() == HALF_OPEN && store.open(leaving(key, seen));
      case PAUSE -> store.open(leaving(key, seen));
      case PROBE -> store.probe(key, seen, "test");
      case RECOVER -> store.recover(key, seen, "test");
      case RESET -> store.reset(key, seen, "test");
    };
  }

  /// Its wait is over at once.
  private static Leaving leaving(Key key, long generation) {
    return new Leaving(key, generation, "test", 1, Duration.ZERO, 1);
  }

  private static Breaker in(BreakerStore store, BreakerState state) {
    var key = new Key(GuardNode.TENANT, "svc-" + UUID.randomUUID());
    assertThat(store.create(key, BreakerConfig.DEFAULT)).isTrue();
    assertThat(store.create(key, BreakerConfig.DEFAULT)).isFalse();
    if (state != CLOSED) {
      assertThat(store.open(leaving(key, 1))).isTrue();
    }
    if (state == HALF_OPEN) {
      assertThat(store.probe(key, 2, "test")).isTrue();
    }
    var breaker = store.find(key).orElseThrow();
    assertThat(breaker.state()).isEqualTo(state);
    assertThat(breaker.openUntil() != null).isEqualTo(state == OPEN);
    return breaker;
  }
}
