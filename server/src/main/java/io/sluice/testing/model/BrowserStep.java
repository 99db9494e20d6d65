package io.sluice.testing.model;

import io.sluice.expression.Template;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something that is done or seen in a browser.
///
/// @param timeout how long what it means may take to appear; null: the runner's usual patience
public record BrowserStep(String title, Command command, @Nullable Duration timeout)
    implements Step {

  /// What is done.
  public sealed interface Command {
    /// Goes to a page; a URL without a host is taken from the page before, or from `env.BASE_URL`.
    record Open(Template url) implements Command {}

    /// Clicks.
    record Click(Target target) implements Command {}

    /// Writes into a field, instead of what is in it.
    record Fill(Target target, Template value) implements Command {}

    /// Presses a key, e.g. `Enter`, `Control+A`.
    record Press(String key) implements Command {}

    /// Chooses an option of a list by its label or value.
    record Select(Target target, Template option) implements Command {}

    /// Ticks a box.
    ///
    /// @param on false: takes the tick away
    record Check(Target target, boolean on) implements Command {}

    /// Fails unless something becomes so in time.
    record Expect(Condition condition) implements Command {}

    /// Waits until something is so; what is meant to be so is expected.
    record WaitFor(Condition condition) implements Command {}

    /// Takes a picture of the whole page, kept under this name.
    record Screenshot(String name) implements Command {}
  }

  /// An element of the page.
  ///
  /// @param by how it is found
  /// @param value the text, the label, the selector, the role
  /// @param name with a role: the accessible name; null: any
  public record Target(By by, Template value, @Nullable Template name) {
    /// How an element is found.
    public enum By {
      /// By the text that people see: first among buttons and links, then everywhere.
      TEXT,
      /// A field, by its label or placeholder.
      LABEL,
      CSS,
      ROLE,
      /// By the attribute `data-testid`.
      TEST_ID
    }
  }

  /// What can be so.
  public sealed interface Condition {
    /// The text is somewhere on the page, and seen.
    record Text(Template text) implements Condition {}

    /// The element is there and seen.
    record Visible(Target target) implements Condition {}

    /// The element is not there, or not seen.
    record Hidden(Target target) implements Condition {}

    /// The page's URL is this one; `*` stands for anything.
    record Url(Template url) implements Condition {}

    /// The page's title has this in it.
    record Title(Template title) implements Condition {}
  }
}
