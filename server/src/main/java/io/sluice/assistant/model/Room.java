package io.sluice.assistant.model;

import java.util.regex.Pattern;

/// A room in a language.
///
/// @param name as an entity, e.g. `salón`
/// @param words what finds it in plain words
/// @param of how something in it is spoken of: `kitchen `, ` de la cocina`, ` du salon`
record Room(String name, Pattern words, String of) {
  static Room of(String name, String of) {
    return new Room(name, Pattern.compile("\\b" + Words.plain(name) + "s?\\b"), of);
  }
}
