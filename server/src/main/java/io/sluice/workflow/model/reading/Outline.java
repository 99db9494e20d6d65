package io.sluice.workflow.model.reading;

import io.sluice.sources.Findings;
import io.sluice.sources.Plain;
import io.sluice.sources.Pointers;
import io.sluice.workflow.model.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The steps of a text and the lists that they stand in, whatever else may be wrong with it.
final class Outline {
  /// What a list of steps is for.
  enum Use {
    /// The definition's own.
    MAIN,
    /// What runs when the execution has failed.
    MAIN_ON_ERROR,
    /// A branch.
    BRANCH,
    /// The body of a loop.
    LOOP,
    /// What runs in place of a failed step.
    ON_ERROR,
    /// What undoes a step.
    COMPENSATE
  }

  /// A list of steps.
  ///
  /// @param owner the step that it belongs to; null: the definition
  record Section(Use use, String pointer, @Nullable Node owner, List<Node> steps) {
    static Section of(Use use, String pointer, @Nullable Node owner) {
      return new Section(use, pointer, owner, new ArrayList<>());
    }
  }

  /// A step.
  ///
  /// @param id empty if it has none
  /// @param type empty if it has none
  record Node(
      String id,
      String type,
      String pointer,
      Map<String, @Nullable Object> raw,
      Section section,
      List<Section> inner) {

    Map<String, @Nullable Object> config() {
      return Plain.map(raw.get("config"));
    }
  }

  private final List<Section> sections = new ArrayList<>();
  private final List<Node> steps = new ArrayList<>();
  private final Limits limits;
  private final Findings findings;

  private Outline(Limits limits, Findings findings) {
    this.limits = limits;
    this.findings = findings;
  }

  static Outline of(Map<String, @Nullable Object> definition, Limits limits, Findings findings) {
    var outline = new Outline(limits, findings);
    outline.section(Section.of(Use.MAIN, "/steps", null), definition.get("steps"), 1);
    outline.section(Section.of(Use.MAIN_ON_ERROR, "/onError", null), definition.get("onError"), 1);
    outline.count();
    return outline;
  }

  /// All lists, each before those inside of it.
  List<Section> sections() {
    return sections;
  }

  /// All steps, in the order in which they are written, each before those inside of it.
  List<Node> steps() {
    return steps;
  }

  private void count() {
    if (steps.size() > limits.steps()) {
      findings.error(
          "TOO_MANY_STEPS",
          "/steps",
          "has "
              + steps.size()
              + " steps, and at most "
              + limits.steps()
              + " are possible; move some into a workflow of their own and call it by SUB_WORKFLOW");
    }
  }

  private void section(Section section, @Nullable Object raw, int depth) {
    if (!(raw instanceof List<?>)) {
      return;
    }
    var pointer = section.pointer();
    var owner = section.owner();
    if (depth > limits.depth()) {
      findings.error(
          "TOO_DEEP",
          pointer,
          "Steps are nested more than "
              + limits.depth()
              + " deep; move some into a workflow of their own and call it by SUB_WORKFLOW");
      return;
    }
    sections.add(section);
    if (owner != null) {
      owner.inner().add(section);
    }
    var list = Plain.list(raw);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?>) {
        node(section, Pointers.child(pointer, i), Plain.map(list.get(i)), depth);
      }
    }
  }

  private void node(Section section, String pointer, Map<String, @Nullable Object> raw, int depth) {
    var node =
        new Node(
            Plain.text(raw.get("id")),
            Plain.text(raw.get("type")),
            pointer,
            raw,
            section,
            new ArrayList<>());
    section.steps().add(node);
    steps.add(node);
    inside(node, depth + 1);
  }

  private void inside(Node node, int depth) {
    var config = node.config();
    var at = node.pointer() + "/config";
    switch (node.type()) {
      case "CONDITIONAL" -> {
        branches(node, config.get("branches"), depth);
        section(Section.of(Use.BRANCH, at + "/else", node), config.get("else"), depth);
      }
      case "PARALLEL" -> branches(node, config.get("branches"), depth);
      case "FOR_EACH" ->
          section(Section.of(Use.LOOP, at + "/steps", node), config.get("steps"), depth);
      default -> {}
    }
    var handler = Plain.map(node.raw().get("onError")).get("steps");
    section(Section.of(Use.ON_ERROR, node.pointer() + "/onError/steps", node), handler, depth);
    var undo = node.raw().get("compensate");
    section(Section.of(Use.COMPENSATE, node.pointer() + "/compensate", node), undo, depth);
  }

  private void branches(Node node, @Nullable Object branches, int depth) {
    var at = node.pointer() + "/config/branches";
    var list = Plain.list(branches);
    for (int i = 0; i < list.size(); i++) {
      var steps = Plain.map(list.get(i)).get("steps");
      section(Section.of(Use.BRANCH, Pointers.child(at, i) + "/steps", node), steps, depth);
    }
    Plain.map(branches)
        .forEach((id, steps) ->
            section(Section.of(Use.BRANCH, Pointers.child(at, id), node), steps, depth));
  }
}
