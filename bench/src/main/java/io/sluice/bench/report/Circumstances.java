package io.sluice.bench.report;

import java.util.List;
import java.util.Map;

/// What a reader must know to judge a run, or to repeat it.
///
/// @param command as it was typed
/// @param versions of everything that took part
/// @param machine cores, memory, file system
/// @param settings a line for each subject and question
/// @param notes what was left out, and why
public record Circumstances(
    String date,
    String command,
    Map<String, String> versions,
    Map<String, String> machine,
    List<String> settings,
    List<String> notes) {}
