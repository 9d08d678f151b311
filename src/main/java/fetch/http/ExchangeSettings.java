package fetch.http;

/** How exchanges are made. */
public record ExchangeSettings(RequestSettings request, Limits limits, NetworkSettings network) {}
