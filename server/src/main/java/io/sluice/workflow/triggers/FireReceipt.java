package io.sluice.workflow.triggers;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a job that fires a trigger ended.
///
/// @param outcome null: the trigger is gone
record FireReceipt(@Nullable String outcome, @Nullable UUID execution) {}
