/// The rules of triggers: what a draft may say, which events fire one, what an execution is given.
/// Pure.
@NullMarked
package io.sluice.workflow.triggers.model;

import org.jspecify.annotations.NullMarked;
