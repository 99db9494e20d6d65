/// Sluice: one Java program, several applications on one durable core.
///
/// Each package below is a module; `ARCHITECTURE.md` has the map, and arrows in it run down only.
@NullMarked
package io.sluice;

import org.jspecify.annotations.NullMarked;
