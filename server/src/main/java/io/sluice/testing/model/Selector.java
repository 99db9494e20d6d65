package io.sluice.testing.model;

import io.sluice.testing.CaseType;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Chooses cases: `smoke and not slow and type:voice and (priority<=3 or name:"Turn *")`.
///
/// A word alone is a tag. `tag:`, `type:`, `language:` and `name:` take one value, names with `*`
/// for anything; `priority` takes `:`, `<`, `<=`, `>`, `>=`. `and` binds tighter than `or`, `not`
/// tightest; `*` is every case. What has blanks or parentheses in it stands in quotation marks.
///
/// @param text as it was written
public record Selector(String text, Node node) {
  /// What is chosen from.
  public record Subject(
      String name,
      CaseType type,
      int priority,
      Collection<String> tags,
      Collection<String> languages) {
    /// A case.
    public static Subject of(TestCase test) {
      return new Subject(
          test.name(),
          test.type(),
          test.about().priority(),
          test.about().tags(),
          test.languages().keySet());
    }
  }

  /// A part of a selector.
  public sealed interface Node {
    /// Every case.
    record Everything() implements Node {}

    /// All of them hold.
    record And(List<Node> parts) implements Node {}

    /// One of them holds.
    record Or(List<Node> parts) implements Node {}

    /// It does not hold.
    record Not(Node part) implements Node {}

    /// It has the tag.
    record Tag(String tag) implements Node {}

    /// It is of the type.
    record Type(CaseType type) implements Node {}

    /// It says something in the language.
    record Language(String language) implements Node {}

    /// Its name fits.
    record Name(Pattern pattern) implements Node {}

    /// Its priority lies between.
    record Priority(int least, int most) implements Node {}
  }

  /// A text that is no selector.
  public static final class Malformed extends IllegalArgumentException {
    /// Says what is wrong and what to do.
    public Malformed(String detail) {
      super(detail);
    }
  }

  /// Reads a selector.
  ///
  /// @throws Malformed if it is none
  public static Selector of(String text) {
    return new Selector(text, new SelectorReader(text).read());
  }

  /// Whether a case is chosen.
  public boolean test(Subject subject) {
    return test(node, subject);
  }

  private static boolean test(Node node, Subject subject) {
    return switch (node) {
      case Node.Everything _ -> true;
      case Node.And and -> and.parts().stream().allMatch(p -> test(p, subject));
      case Node.Or or -> or.parts().stream().anyMatch(p -> test(p, subject));
      case Node.Not not -> !test(not.part(), subject);
      case Node.Tag tag -> subject.tags().contains(tag.tag());
      case Node.Type type -> subject.type() == type.type();
      case Node.Language language -> subject.languages().contains(language.language());
      case Node.Name name ->
          name.pattern().matcher(subject.name().toLowerCase(Locale.ROOT)).matches();
      case Node.Priority priority ->
          priority.least() <= subject.priority() && subject.priority() <= priority.most();
    };
  }

  /// Two selectors are equal if they are written alike.
  @Override
  public boolean equals(Object other) {
    return other instanceof Selector selector && text.equals(selector.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
