package io.sluice.assistant.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What words were taken for.
///
/// @param plain the words, with numbers in digits
/// @param intent null: for nothing
/// @param confidence 0 to 1
record Understanding(
    String plain, @Nullable String intent, Map<String, Object> entities, double confidence) {}
