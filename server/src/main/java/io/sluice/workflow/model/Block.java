package io.sluice.workflow.model;

import java.util.List;

/// Steps that run together inside of a step.
///
/// @param name unique in its step and fit for a scope's name: a branch's id, its place, `else`,
///   `steps`
/// @param path where it stands below the step, a JSON pointer, e.g. `/config/branches/0/steps`
/// @param steps the steps, in the order in which they are written
public record Block(String name, String path, List<Step> steps) {}
