package fetch.http;

import fetch.http.settings.AttemptLimits;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.RequestSettings;

/** The settings of all exchanges of a run. */
public record ExchangeSettings(
    RequestSettings request, AttemptLimits limits, NetworkSettings network) {}
