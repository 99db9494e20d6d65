/// Talks to assistants under test: says something to one, and keeps whole what comes back.
///
/// ## Words
///
/// - An **assistant** is the system under test. A **connector** speaks its protocol: `houndify`,
///   `http` (any API, by templates) or `text` (an API without audio, by a preset).
/// - An **utterance** is what is said to it in one turn, as text, as audio, or as both: the
///   connector sends audio where its assistant takes audio and there is some, else the text.
/// - A **conversation** is what one turn hands on to the next: the assistant's own state, which is
///   carried and never looked into.
/// - A **partial transcript** is what the assistant believed to hear while it was still listening.
///
/// ## What happens at each failure
///
/// | what | becomes |
/// |---|---|
/// | the assistant did not understand | an answer that says so: `understood` is false |
/// | it answers with an error, or with something that is not its protocol | an answer with an [AssistantAnswer.Fault] |
/// | no answer came | the guard's `CallFailure` or `NotNow`, thrown: the runner retries or parks |
/// | its configuration can not be used | [AssistantProblem.BadConfig], with a pointer to each place |
/// | a secret that it names is not set | [AssistantProblem.NoSecret] |
///
/// Keys and tokens come from secrets by name; what an assistant answers is redacted before it is
/// kept.
@NullMarked
package io.sluice.testing.assistants;

import org.jspecify.annotations.NullMarked;
