package io.sluice.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Operations.EventCursor;
import io.sluice.engine.Operations.EventView;
import io.sluice.engine.TenantId;
import io.sluice.engine.Tx;
import io.sluice.engine.engine.Engine;
import io.sluice.engine.testing.EngineDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A tail follows commits: it misses none, and delivers each once.
class TailTest {
  @RegisterExtension static final EngineDatabase db = new EngineDatabase();

  private EventCursor cursor = EventCursor.START;

  private List<String> read(Engine engine) {
    var out = new ArrayList<String>();
    while (true) {
      var page = engine.operations().events(cursor, 2);
      if (page.events().isEmpty()) {
        return out;
      }
      page.events().stream().map(EventView::code).forEach(out::add);
      cursor = page.next();
    }
  }

  @Test
  void twoTransactionsThatCommitInReverseAreBothDeliveredOnce() throws Exception {
    var client = db.client();
    var events = client.operations();
    cursor = events.now();
    try (var first = db.app();
        var second = db.app()) {
      first.setAutoCommit(false);
      second.setAutoCommit(false);
      events.publish(Tx.of(first), TenantId.DEFAULT, StepTest.event("first.1"));
      events.publish(Tx.of(second), TenantId.DEFAULT, StepTest.event("second.1"));
      events.publish(Tx.of(first), TenantId.DEFAULT, StepTest.event("first.2"));
      second.commit();
      assertThat(read(client)).isEmpty();
      first.commit();
    }
    assertThat(read(client)).containsExactly("first.1", "first.2", "second.1");
    assertThat(read(client)).isEmpty();
  }

  @Test
  void whatIsRolledBackIsNeverDelivered() throws Exception {
    var client = db.client();
    cursor = client.operations().now();
    try (var undone = db.app()) {
      undone.setAutoCommit(false);
      client.operations().publish(Tx.of(undone), TenantId.DEFAULT, StepTest.event("undone"));
      undone.rollback();
    }
    client.inTransaction(tx -> {
      client.operations().publish(tx, TenantId.DEFAULT, StepTest.event("kept"));
      return null;
    });
    assertThat(read(client)).containsExactly("kept");
  }
}
