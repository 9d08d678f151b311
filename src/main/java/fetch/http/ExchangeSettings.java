package fetch.http;

import fetch.http.settings.Limits;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.RequestSettings;

/** The settings of all exchanges of a run. */
public record ExchangeSettings(RequestSettings request, Limits limits, NetworkSettings network) {}
