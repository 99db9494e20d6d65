/// The command line. It speaks HTTP only, to a server that runs somewhere; `serve` and `demo` start
/// one in this JVM, and nothing of Spring is loaded before they do. `workflow test` needs no
/// server: it runs definitions over memory.
///
/// ## Words
///
/// - **home** is the directory of the launcher, `sluice`; property `sluice.home`.
/// - **data** is the directory of a server. In it lies `server.json`, written when it is ready and
///   removed when it stops.
///
/// ## How the server is found
///
/// The first of these that is there: `--server URL`; the environment's `SLUICE_URL`; `server.json`
/// in `--data DIR`, by default `data` in the home. A file whose process is dead counts as none.
///
/// ## Exit codes
///
/// They are in [Exit], and in the help of each command.
///
/// ## Output
///
/// What was asked for goes to stdout, everything else to stderr. With `--output json` stdout is one
/// JSON document, as the server gave it. What servers and documents say is shown without control
/// characters, so that no file name can write to the terminal.
@org.springframework.modulith.ApplicationModule(
    displayName = "Command line",
    allowedDependencies = {"sources", "workflow", "workflow :: dryrun"})
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
