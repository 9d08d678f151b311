package fetch.http;

import fetch.http.settings.Limits;
import fetch.http.settings.NetworkSettings;
import fetch.http.settings.RequestSettings;

/** How exchanges are made. */
public record ExchangeSettings(RequestSettings request, Limits limits, NetworkSettings network) {}
