/// Runs a PostgreSQL server next to the application, out of a directory, and keeps it running.
///
/// ## Words
///
/// - **data directory**: the one directory that [PostgresSettings] names. Everything lies in it:
///   the cluster, the passwords, the port, the lock and the logs. Moving it away takes the database
///   along.
/// - **cluster**: the files that PostgreSQL itself keeps, in `cluster/` below the data directory.
/// - **postmaster**: the process of PostgreSQL that listens and starts all the others.
/// - **server user**: the operating system's user that the postmaster runs as. Ours, unless we are
///   root, which PostgreSQL refuses: then the owner of the cluster, or `postgres`, or `nobody`.
/// - **adopting**: going on with a postmaster that an earlier process started and did not stop,
///   because it was killed.
///
/// ## Who is authoritative for what
///
/// - The kernel's lock on `lock` says who owns the data directory: it goes when the process that
///   holds it goes. The number in that file only tells people whom to ask.
/// - `/proc` says whether the process named by `postmaster.pid` lives and is a postmaster of this
///   cluster; the file alone proves nothing, since numbers of processes are used again.
/// - A statement that was answered says that the server is up.
/// - `passwords` (mode 0600) is the only place where the passwords are kept. They are never an
///   argument or an environment variable of a process, and are not logged.
///
/// ## What is promised of the server
///
/// It never trades durability for speed: `fsync`, `synchronous_commit`, `full_page_writes` and data
/// checksums are on, and are asked for again at each start. It listens on 127.0.0.1 only and lets
/// nobody in without a password (SCRAM-SHA-256). Three roles exist: `postgres` for this package,
/// `sluice_owner` who owns the database `sluice`, and `sluice_app` who owns nothing.
///
/// ## What happens at each failure
///
/// | what fails | what follows |
/// |---|---|
/// | our process is killed | the postmaster stays up; the next start adopts it |
/// | the postmaster is killed | it is started again, on the same port, with a pause that grows while that fails |
/// | the machine stops | PostgreSQL recovers at the next start, which waits for that and tells how far it is |
/// | `initdb` is cut short | its directory, a sibling of `cluster/`, is thrown away at the next start |
/// | a postmaster left behind does not answer, or runs with other settings | it is stopped, then started anew |
/// | a second start on one directory | refused with [PostgresProblem.DataDirectoryInUse] |
/// | anything that a person has to mend | a [PostgresProblem] that says what to do |
///
/// The postmaster has a session of its own, so that Ctrl-C in a terminal reaches the application
/// only, which stops the server when it has finished itself.
@NullMarked
package io.sluice.engine.postgres;

import org.jspecify.annotations.NullMarked;
