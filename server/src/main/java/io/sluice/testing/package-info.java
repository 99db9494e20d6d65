/// Tests: what is to be tried, in which languages, and what should come of it; then runs of it.
///
/// ## Words
///
/// - A **test case** is one thing to try, by voice, over HTTP, in a browser, as a workflow, or by
///   hand. It has a **turn** for each thing said (voice), or **steps** (all others); for each
///   language what should come out; and **data rows**, for each of which it is tried once.
/// - A **test item** is a list of steps with parameters that many cases share.
/// - A **test suite** is an ordered list of cases, a **selection** of cases by an expression over
///   their tags, type, priority, name and language (`smoke and not slow and type:voice`), or both;
///   and how they are judged, reviewed and told about.
/// - The three are **test assets**. An asset has a name, unique among those of its kind and tenant
///   that are not deleted, and **versions**. A version never changes; the same content again makes
///   no new one.
/// - A **recording** is a WAV file that is said instead of an utterance. It is kept by the hash of
///   its bytes.
/// - A **cell** is what one execution tries: a case, a language, a data row.
/// - What stands in `${ … }` is JSONata over `row` (the data row), `values` (constants of the
///   language), `env` (variables of the suite or the run), `vars` (what earlier steps extracted),
///   `args` (arguments, inside of an item), `language`, and, where something is sent, `secrets`.
///
/// ## Who decides what
///
/// PostgreSQL has the truth. A run pins versions when it is made: what is changed afterwards does
/// not change what it tries. Where several say the same thing, the nearest to the cell counts: what
/// the suite says of this case, then the case, then the suite, then the default.
///
/// ## What happens at each failure
///
/// | what | is answered |
/// |---|---|
/// | a definition breaks a rule | `INVALID_DEFINITION`, with all that is wrong, in order of place |
/// | one file of an import breaks a rule | nothing is stored; every file's mistakes are told |
/// | the name is taken | `ASSET_NAME_TAKEN` |
/// | somebody else was quicker to change it | `STALE` |
/// | a crash on the way | the new version, or the whole import, is there, or not at all |
///
/// `model` has the definitions and their rules, `model.reading` how they are read; `run` carries
/// them out, by `runners`; `report` tells of it; `assistants` talks to the assistants under test.
@org.springframework.modulith.ApplicationModule(
    displayName = "Testing",
    allowedDependencies = {
      "events",
      "expression",
      "guard",
      "platform",
      "providers",
      "review",
      "sources",
      "validation"
    })
@NullMarked
package io.sluice.testing;

import org.jspecify.annotations.NullMarked;
