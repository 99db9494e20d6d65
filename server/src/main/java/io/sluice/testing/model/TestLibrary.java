package io.sluice.testing.model;

import io.sluice.engine.TenantId;
import java.util.List;

/// Where runs get what they try.
public interface TestLibrary {
  /// What a suite chooses now: the cases that it names, in order, then those that its selector
  /// adds, by priority and name. A case that it names and that is not there any more is left out.
  ///
  /// @param suite its id or name
  /// @throws io.sluice.testing.TestingProblem.Unknown if there is none
  Selection suite(TenantId tenant, String suite);

  /// Cases one by one, in this order, each once.
  ///
  /// @param cases their ids or names
  /// @throws io.sluice.testing.TestingProblem.Unknown if one is not there
  Selection cases(TenantId tenant, List<String> cases);

  /// A selection that was made before, with the versions that it had then. Whoever asks has checked
  /// whose it is.
  Selection pinned(Selection.Pins pins);

  /// The bytes of a recording, a WAV file.
  byte[] recording(TenantId tenant, Recording recording);
}
