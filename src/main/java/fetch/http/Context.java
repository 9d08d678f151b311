package fetch.http;

import fetch.Clock;
import fetch.Preconditions;
import fetch.body.BodySink;
import fetch.warc.Archive;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all transfers of a run share. */
record Context(
    Requests requests,
    Clients clients,
    AttemptDns dns,
    Blocks blocks,
    RequestSettings settings,
    Limits limits,
    NetworkSettings network,
    Clock clock,
    @Nullable BodySink bodies,
    @Nullable Preconditions preconditions,
    @Nullable Archive archive,
    Supplier<@Nullable RedirectCheck> redirectCheck) {}
