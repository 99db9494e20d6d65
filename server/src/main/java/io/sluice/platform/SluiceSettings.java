package io.sluice.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// What an operator can set: properties `sluice.*`, environment variables `SLUICE_*`.
///
/// @param data where the embedded database, the search index and temporary files live
/// @param databaseUrl a PostgreSQL of your own (14 or newer), with user and password in the URL;
///   null: the embedded one
/// @param databaseOwnerUrl the same database as a role that may migrate it; null: `databaseUrl` may
/// @param poolSize connections to the database
/// @param maxUpload the largest file that can be uploaded
/// @param concurrency how many jobs of a queue run at once in this server; each of a document holds
///   its text
/// @param workflowConcurrency how many executions, and as many items of their loops, run at once in
///   this server; those that wait are not counted
/// @param retention how long ended jobs and events are kept
/// @param lease how long a silent node keeps its jobs
/// @param stopPatience how long running jobs may go on when the server stops, before they are
///   handed over
/// @param egressAllow networks that may be called although they are private: `10.1.0.0/16`,
///   `127.0.0.1/32:9000`, separated by commas
@ConfigurationProperties("sluice")
public record SluiceSettings(
    @DefaultValue("data") Path data,
    @Nullable String databaseUrl,
    @Nullable String databaseOwnerUrl,
    @DefaultValue("20") int poolSize,
    @DefaultValue("1GB") DataSize maxUpload,
    @DefaultValue("8") int concurrency,
    @DefaultValue("256") int workflowConcurrency,
    @DefaultValue("30d") Duration retention,
    @DefaultValue("10s") Duration lease,
    @DefaultValue("2s") Duration stopPatience,
    @DefaultValue List<String> egressAllow) {}
