package io.sluice.sources;

import com.networknt.schema.path.NodePath;

/// JSON pointers (RFC 6901).
public final class Pointers {
  private Pointers() {}

  /// What lies below a place.
  public static String child(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /// What lies below a place, in a list.
  public static String child(String pointer, int index) {
    return pointer + "/" + index;
  }

  /// The pointer that a validator's path is.
  public static String of(NodePath path) {
    var pointer = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      pointer.append(child("", String.valueOf(path.getElement(i))));
    }
    return pointer.toString();
  }
}
