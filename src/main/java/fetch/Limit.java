package fetch;

/** The limits that delay requests to protect servers or the network. */
public enum Limit {
  PER_HOST("per_host", "--per-host"),
  PER_HOST_RATE("per_host_rate", "--per-host-rate"),
  RATE("rate", "--rate"),
  RETRY_AFTER("retry_after", "Retry-After or a used-up quota"),
  CRAWL_DELAY("crawl_delay", "Crawl-delay of robots.txt"),
  LIMIT_RATE("limit_rate", "--limit-rate");

  private final String key;
  private final String label;

  Limit(String key, String label) {
    this.key = key;
    this.label = label;
  }

  /** The name in JSON. */
  public String key() {
    return key;
  }

  /** The name for people: the option, or the server's field. */
  public String label() {
    return label;
  }
}
