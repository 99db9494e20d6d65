package io.sluice.events;

import io.sluice.engine.Operations;
import io.sluice.engine.Operations.EventCursor;
import io.sluice.engine.Operations.EventPage;
import io.sluice.engine.Operations.EventView;
import io.sluice.engine.Tx;
import io.sluice.events.store.EventCursorStore;
import io.sluice.platform.SpringTx;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The events behind a follower's place, a page at a time. The place is in the database, and moves
/// by compare-and-set in the transaction that acts: every node may follow, each event is acted on
/// once.
///
/// Where a page asks for nothing the place moves in memory only, and is stored with the next page
/// that is full or asks for something: what is read again after a restart asks for nothing again.
public final class EventTail {
  private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);
  private static final int PAGE = 200;

  private final String follower;
  private final Tails tails;
  private @Nullable Place place;

  private EventTail(String follower, Tails tails) {
    this.follower = follower;
    this.tails = tails;
  }

  /// Makes tails.
  @Component
  public static final class Tails {
    private final Operations operations;
    private final EventCursorStore cursors;
    private final SpringTx transactions;

    Tails(Operations operations, EventCursorStore cursors, SpringTx transactions) {
      this.operations = operations;
      this.cursors = cursors;
      this.transactions = transactions;
    }

    /// The tail of a follower.
    ///
    /// @param follower as a migration has named it
    public EventTail of(String follower) {
      return new EventTail(follower, this);
    }
  }

  /// @param stored as it is in the database
  /// @param looked as far as this node has looked
  private record Place(EventCursor stored, EventCursor looked) {}

  /// Looks at one page.
  ///
  /// @param deciding what the events ask for, by reading alone
  /// @param acting does it, in the transaction that moves the place
  /// @return whether there may be more already
  public <A> boolean look(Function<List<EventView>, List<A>> deciding, BiConsumer<Tx, A> acting) {
    var at = place == null ? restart() : place;
    var page = tails.operations.events(at.looked(), PAGE);
    if (page.events().isEmpty()) {
      return false;
    }
    var asked = deciding.apply(page.events());
    boolean full = page.events().size() == PAGE;
    if (asked.isEmpty() && !full) {
      place = new Place(at.stored(), page.next());
      return false;
    }
    boolean moved = act(at.stored(), page, asked, acting);
    place = moved ? new Place(page.next(), page.next()) : null;
    return full || !moved;
  }

  /// @return false if another node was quicker: nothing was done
  private <A> boolean act(
      EventCursor from, EventPage page, List<A> asked, BiConsumer<Tx, A> acting) {
    return tails.transactions.in(tx -> {
      if (!tails.cursors.move(follower, from, page.next())) {
        return false;
      }
      asked.forEach(one -> acting.accept(tx, one));
      return true;
    });
  }

  /// A database that was restored into another server counts its transactions anew: a cursor ahead
  /// of it would wait for ever.
  private Place restart() {
    var at = tails.cursors.get(follower);
    var now = tails.operations.now();
    if (at.xid() > now.xid()) {
      LOG.warn("{}: the place among the events is of another server; it begins with now", follower);
      var from = at;
      tails.transactions.in(_ -> tails.cursors.move(follower, from, now));
      at = now;
    }
    place = new Place(at, at);
    return place;
  }
}
