package io.sluice.expression.jsonata;

import io.sluice.expression.ExpressionProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks a syntax tree and finds which places of the document it reads.
///
/// It evaluates the tree over places in the stead of values: the context begins as the document, a
/// name goes one down, a filter stays where it is, and what is computed is nowhere (null). A place
/// whose value is used, and not only gone through, is *taken*. Where it can not tell, it takes more
/// and never less.
final class Reader {
  private final Places places = new Places();

  /// Where the context of each step was that a `%` goes back to, by the library's label.
  private final Map<String, @Nullable List<String>> parents = new HashMap<>();

  private final Bounded depth;
  private boolean time;

  /// Whether a function is called by a name of the user's that may take the context.
  private boolean hiddenContext;

  /// Counts how deep the tree is.
  private static final class Bounded {
    private final int most;
    private int now;

    Bounded(int most) {
      this.most = most;
    }

    void down(Node node) {
      if (++now > most) {
        throw new ExpressionProblem.Malformed(
            node.position(), "The expression is nested too deep. Give parts of it a name with :=");
      }
    }

    void up() {
      now--;
    }
  }

  private Reader(int mostDepth, boolean hiddenContext) {
    this.depth = new Bounded(mostDepth);
    this.hiddenContext = hiddenContext;
  }

  /// What was found.
  record Found(Places places, boolean time) {}

  static Found read(Node tree, int mostDepth) {
    var reader = new Reader(mostDepth, false);
    reader.take(reader.walk(tree, List.of()));
    if (reader.hiddenContext) {
      reader = new Reader(mostDepth, true);
      reader.take(reader.walk(tree, List.of()));
    }
    return new Found(reader.places, reader.time);
  }

  private void take(@Nullable List<String> place) {
    if (place != null) {
      places.take(place);
    }
  }

  private void pass(@Nullable List<String> place) {
    if (place != null) {
      places.pass(place);
    }
  }

  private void takeAll(List<Node> nodes, @Nullable List<String> context) {
    nodes.forEach(node -> take(walk(node, context)));
  }

  private void takeChild(Node node, String name, @Nullable List<String> context) {
    Node child = node.child(name);
    if (child != null) {
      take(walk(child, context));
    }
  }

  private @Nullable List<String> walk(Node node, @Nullable List<String> context) {
    depth.down(node);
    Node ancestor = node.child("ancestor");
    if (ancestor != null && ancestor.get("label") instanceof String label) {
      parents.put(label, context);
    }
    List<String> place = evaluate(node, context);
    filter(node.children("predicate"), place);
    filter(node.children("stages"), place);
    Node group = node.child("group");
    if (group != null) {
      pass(place);
      takeAll(group.pairs(), place);
      place = null;
    }
    depth.up();
    return place;
  }

  private void filter(List<Node> stages, @Nullable List<String> place) {
    for (Node stage : stages) {
      pass(place);
      if (place != null && place.size() == 1) {
        take(place);
      }
      takeChild(stage, "expr", place);
    }
  }

  private @Nullable List<String> evaluate(Node node, @Nullable List<String> context) {
    switch (node.type()) {
      case "path":
        return path(node, context);
      case "name":
        return context == null ? null : down(context, String.valueOf(node.value()));
      case "variable":
        return variable(node, context);
      case "block":
        return block(node, context);
      case "parent":
        return parent(node);
      case "sort":
        node.children("terms").forEach(term -> takeChild(term, "expression", context));
        return context;
      case "regex":
        Regex.guard(node);
        return null;
      case "function", "partial":
        call(node, context, 0);
        return null;
      default:
        computed(node, context);
        return null;
    }
  }

  /// What yields a value of its own.
  private void computed(Node node, @Nullable List<String> context) {
    switch (node.type()) {
      case "string", "number", "value", "operator" -> {}
      case "wildcard", "descendant" -> take(context);
      case "binary" -> {
        takeChild(node, "lhs", context);
        takeChild(node, "rhs", context);
      }
      case "bind" -> takeChild(node, "rhs", context);
      case "unary" -> {
        takeAll(node.children("expressions"), context);
        takeAll(node.pairs(), context);
        takeChild(node, "expression", context);
      }
      case "condition" -> {
        takeChild(node, "condition", context);
        takeChild(node, "then", context);
        takeChild(node, "_else", context);
      }
      case "lambda" -> {
        hiddenContext |= node.has("signature");
        takeChild(node, "body", context);
      }
      case "apply" -> apply(node, context);
      case "transform" -> {
        // It works on a copy of what it is applied to, and that was taken.
        takeChild(node, "pattern", null);
        takeChild(node, "update", null);
        takeChild(node, "delete", null);
      }
      default -> take(List.of());
    }
  }

  private @Nullable List<String> path(Node node, @Nullable List<String> context) {
    List<String> place = context;
    for (Node step : node.children("steps")) {
      pass(place);
      List<String> next = walk(step, place);
      if (step.has("focus")) {
        take(next);
      } else {
        place = next;
      }
    }
    return place;
  }

  private static List<String> down(List<String> place, String name) {
    var below = new ArrayList<>(place);
    below.add(name);
    return List.copyOf(below);
  }

  private @Nullable List<String> variable(Node node, @Nullable List<String> context) {
    String name = String.valueOf(node.value());
    if (name.isEmpty()) {
      return context;
    }
    if (name.equals("$")) {
      return List.of();
    }
    used(name, node);
    hiddenContext |= Vocabulary.mayTakeContext(name);
    return null;
  }

  private void used(String name, Node node) {
    String why = Vocabulary.REFUSED.get(name);
    if (why != null) {
      throw new ExpressionProblem.Malformed(node.position(), why);
    }
    time |= Vocabulary.TIMES.contains(name);
  }

  private @Nullable List<String> block(Node node, @Nullable List<String> context) {
    List<String> last = null;
    for (Node expression : node.children("expressions")) {
      take(last);
      last = walk(expression, context);
    }
    return last;
  }

  private @Nullable List<String> parent(Node node) {
    Node slot = node.child("slot");
    Object label = slot == null ? null : slot.get("label");
    if (label instanceof String known && parents.containsKey(known)) {
      return parents.get(known);
    }
    take(List.of());
    return null;
  }

  private void apply(Node node, @Nullable List<String> context) {
    takeChild(node, "lhs", context);
    Node right = node.child("rhs");
    if (right != null && right.type().equals("function")) {
      call(right, context, 1);
    } else {
      takeChild(node, "rhs", context);
    }
  }

  private void call(Node node, @Nullable List<String> context, int given) {
    List<Node> arguments = node.children("arguments");
    takeAll(arguments, context);
    Node procedure = node.child("procedure");
    String name = "";
    if (procedure != null && procedure.type().equals("variable")) {
      name = String.valueOf(procedure.value());
      used(name, procedure);
    } else if (procedure != null) {
      take(walk(procedure, context));
    }
    boolean takes =
        Vocabulary.takesContext(
                name, arguments.size() + given, context != null && context.isEmpty())
            || hiddenContext && !Vocabulary.NAMES.contains(name);
    if (takes) {
      take(context);
    }
  }
}
