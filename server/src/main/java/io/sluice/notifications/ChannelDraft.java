package io.sluice.notifications;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be said about a channel.
///
/// @param name for people
/// @param type by its name
/// @param address on an update `***` keeps what is stored
/// @param on the names of occasions
/// @param suite only runs of this one, by its id or name; null: of all
/// @param languages only these, `es` for every Spanish; empty: all
/// @param queueDepth how many may wait for people, at `queue_depth`
/// @param queueAge how long something may wait for people, at `queue_age`
public record ChannelDraft(
    String name,
    String type,
    Address address,
    List<String> on,
    @Nullable String suite,
    List<String> languages,
    @Nullable Integer queueDepth,
    @Nullable Duration queueAge,
    boolean enabled) {}
