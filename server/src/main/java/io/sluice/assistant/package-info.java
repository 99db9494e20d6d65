/// A sample assistant for a smart home, so that tests have a real target over real HTTP: lights,
/// timers, alarms, weather and music, in English, Spanish and French. It is wrong in known ways
/// ([io.sluice.assistant.Fault] lists them), so that validation and review have something to do,
/// and always the same ones.
///
/// ## Words
///
/// - An **intent** is what somebody wants, e.g. `lights.on`; null: it was not understood.
/// - **Entities** are what it needs to know, in the words of the language: `room`, `level`,
///   `duration`, `time`, `place`, `day`, `music`.
/// - The **state** is what it remembers of a conversation. It is handed out and back in; nothing is
///   kept here.
/// - A **fault** is a way in which it is wrong, on purpose.
///
/// ## How it hears
///
/// It knows again what this server's own synthesiser has spoken, by the hash of the samples: a
/// recogniser with a closed vocabulary. In loud noise it mishears words, the more the louder, and
/// the same ones each time. What it does not know again goes to a transcription service, where one
/// is set up; else it answers that it can not hear (501).
@org.springframework.modulith.ApplicationModule(
    displayName = "Sample assistant",
    allowedDependencies = {"platform", "providers"})
@NullMarked
package io.sluice.assistant;

import org.jspecify.annotations.NullMarked;
