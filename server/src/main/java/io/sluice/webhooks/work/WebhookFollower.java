package io.sluice.webhooks.work;

import io.sluice.engine.IdSource;
import io.sluice.engine.Operations;
import io.sluice.engine.Operations.EventCursor;
import io.sluice.engine.Operations.EventView;
import io.sluice.engine.Tx;
import io.sluice.events.EventFollower;
import io.sluice.expression.Bounds;
import io.sluice.expression.Expressions;
import io.sluice.platform.SpringTx;
import io.sluice.webhooks.model.EventDocument;
import io.sluice.webhooks.model.Subscriber;
import io.sluice.webhooks.store.CursorStore;
import io.sluice.webhooks.store.DeliveryStore;
import io.sluice.webhooks.store.WebhookStore;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Turns events into deliveries, a page at a time. Every node follows; whoever moves the cursor has
/// made the page's deliveries.
@Component
class WebhookFollower implements EventFollower {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookFollower.class);
  private static final int PAGE = 200;
  private static final int MOST_FILTERS = 1000;

  private final CursorStore cursor;
  private final WebhookStore webhooks;
  private final Dispatch dispatch;
  private final Operations operations;
  private final SpringTx transactions;
  private final IdSource ids;
  private final JsonMapper json;
  private final Expressions filters = new Expressions(MOST_FILTERS, Bounds.DEFAULT);
  private boolean checked;

  WebhookFollower(
      CursorStore cursor,
      WebhookStore webhooks,
      Dispatch dispatch,
      Operations operations,
      SpringTx transactions,
      IdSource ids,
      JsonMapper json) {
    this.cursor = cursor;
    this.webhooks = webhooks;
    this.dispatch = dispatch;
    this.operations = operations;
    this.transactions = transactions;
    this.ids = ids;
    this.json = json;
  }

  /// An event that is for a webhook.
  private record Match(Subscriber subscriber, EventDocument event) {}

  /// The page is read before the webhooks: one that is not among them was made after all events of
  /// the page, and has no claim to them.
  @Override
  public boolean look() {
    check();
    var from = cursor.get();
    var page = operations.events(from, PAGE);
    if (page.events().isEmpty()) {
      return false;
    }
    var matches = matches(page.events());
    boolean moved = transactions.in(tx -> turn(tx, from, page.next(), matches));
    return moved && page.events().size() == PAGE;
  }

  private boolean turn(Tx tx, EventCursor from, EventCursor to, List<Match> matches) {
    if (!cursor.move(from, to)) {
      return false;
    }
    for (var match : matches) {
      var event = match.event();
      dispatch.dispatch(
          tx,
          match.subscriber().tenant(),
          new DeliveryStore.New(
              ids.next(),
              match.subscriber().webhook(),
              event.messageId(),
              event.id(),
              "event",
              null,
              event.name(),
              json.writeValueAsString(event.message())));
    }
    return true;
  }

  private List<Match> matches(List<EventView> events) {
    var subscribers = webhooks.enabled().stream().map(this::subscriber).toList();
    var matches = new ArrayList<Match>();
    if (subscribers.isEmpty()) {
      return matches;
    }
    for (var view : events) {
      var event = document(view);
      for (var subscriber : subscribers) {
        if (subscriber.wants(view.tenant(), event)) {
          matches.add(new Match(subscriber, event));
        }
      }
    }
    return matches;
  }

  private Subscriber subscriber(WebhookStore.Row row) {
    return new Subscriber(
        row.id(),
        row.tenant(),
        row.types(),
        row.filter() == null ? null : filters.of(row.filter()),
        row.activeSince());
  }

  private EventDocument document(EventView view) {
    return new EventDocument(
        view.id(),
        view.type(),
        view.severity(),
        view.code(),
        view.job() == null ? null : view.job().value(),
        view.subject(),
        json.readValue(view.payloadJson(), Object.class),
        view.createdAt());
  }

  /// A database that was restored into another server counts its transactions anew: a cursor ahead
  /// of it would wait for ever.
  private void check() {
    if (checked) {
      return;
    }
    var now = operations.now();
    var at = cursor.get();
    if (at.xid() > now.xid()) {
      LOG.warn("the webhooks' place among the events is of another server; they begin with now");
      transactions.in(_ -> cursor.move(at, now));
    }
    checked = true;
  }

  @Override
  public String toString() {
    return "webhooks";
  }
}
