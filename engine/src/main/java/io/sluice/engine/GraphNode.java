package io.sluice.engine;

import java.util.List;

/// One node of [JobContext#graph].
///
/// @param name unique among its siblings
/// @param after the names of the nodes that must have ended before this one begins
/// @param body what the node does
public record GraphNode(String name, List<String> after, Body body) {
  /// A node; copies the list.
  public GraphNode {
    after = List.copyOf(after);
  }

  /// The body of a node.
  @FunctionalInterface
  public interface Body {
    /// Runs on a virtual thread, in the scope of the graph itself.
    void run() throws Exception;
  }
}
