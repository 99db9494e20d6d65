/// The doors of the module, opened: definitions, rules, templates.
@NullMarked
package io.sluice.workflow.work;

import org.jspecify.annotations.NullMarked;
