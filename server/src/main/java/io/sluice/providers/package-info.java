/// Services that we call: parsing, embedding, speech, transcription, chat.
///
/// ## Words
///
/// - **canonical text**: the Markdown that a parse yields. Every offset anywhere (pages, chunks,
///   citations) counts UTF-16 code units of this one string. It holds no NUL, no other control
///   character but tab and line feed, and no lone surrogate, so that PostgreSQL takes it unchanged.
/// - **page span**: which part of the canonical text came from which page. Pages that yielded no
///   text have none; a page count that a file *declares* is never used for anything.
/// - **refused**: the parse ended without text, with a [ParseError] that says whether another
///   attempt may help.
/// - **embedding**: a unit vector that an [EmbeddingModel], named and versioned, makes of a text.
/// - **speech**: audio of 16 kHz in one channel that a voice has made of a text; kept by the hash
///   of all that it was made from.
/// - **acoustics**: the silence before and after speech, and the noise in it.
/// - **transcript**: the text that somebody heard in speech.
/// - **similarity**, **judge**: what `validation` asks for and this module has.
///
/// Its configuration chooses the implementations in the packages below; nobody else sees them.
///
/// ## What happens at each failure of a parse
///
/// | the file | ends as | another attempt |
/// |---|---|---|
/// | is empty, has no text layer, is encrypted, damaged, of a kind we cannot read, a bomb or too large | [ParseError] of that name | never helps |
/// | makes the parser silent or slow beyond [ParseLimits] | `TIMEOUT`; the parser process is killed and replaced | may help |
/// | makes the parser run out of memory | `OUT_OF_MEMORY`; the process has ended itself | may help, with more memory |
/// | makes the parser process die otherwise | `CRASHED` | may help |
/// | has a name that does not fit its content | is parsed as what it is, with a warning | |
///
/// Whatever a file does, the next one is parsed as if nothing had happened.
///
/// ## What happens at each failure of speech
///
/// | what | becomes |
/// |---|---|
/// | the synthesiser is not installed, the service is not set up | a [ProviderProblem] that says what to do (501) |
/// | it takes too long, or exits otherwise | `SPEECH_FAILED`; its process is killed; another attempt may help |
/// | a service does not answer, or may not be called now | the guard's `CallFailure` or `NotNow` |
/// | a service answers with an error or nonsense | `…_FAILED`, passing for 429 and 5xx |
///
/// The calling thread is the one that is interrupted when a job's time is up: `parse` then kills
/// the parser process and throws `InterruptedException`.
@org.springframework.modulith.ApplicationModule(
    displayName = "Providers",
    allowedDependencies = {"guard", "platform", "validation"})
@NullMarked
package io.sluice.providers;

import org.jspecify.annotations.NullMarked;
