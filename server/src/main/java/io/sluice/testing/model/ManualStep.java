package io.sluice.testing.model;

import io.sluice.expression.Template;
import org.jspecify.annotations.Nullable;

/// Something that a person does.
///
/// @param expect what they should see then; null: nothing in particular
public record ManualStep(String title, Template instruction, @Nullable Template expect)
    implements Step {}
