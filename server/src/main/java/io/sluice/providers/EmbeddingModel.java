package io.sluice.providers;

import java.util.List;

/// Turns texts into unit vectors whose dot product tells how near their meanings are. Safe for use
/// by many threads.
public interface EmbeddingModel {

  /// Stored with every vector, as is [#version]: vectors of different names or versions are never
  /// compared.
  String name();

  String version();

  int dimension();

  /// One vector a text, in order. The vector of a text does not depend on the others in the list
  /// beyond rounding.
  ///
  /// @throws IllegalArgumentException if a text is blank: it has no meaning to embed
  List<float[]> embed(List<String> texts);

  /// The longest text, in tokens, that the model sees as a whole. Longer texts are taken too, at a
  /// loss that the implementation describes.
  int maxTokens();

  /// How many tokens `text` costs of [#maxTokens].
  int countTokens(String text);
}
