package fetch.input;

/** What hosts have in common whose URLs stay together when a list is divided. */
public interface HostKey {
  /** Each host is by itself. */
  HostKey ITSELF = host -> host;

  /**
   * The same text for all hosts that stay together.
   *
   * @param host as {@link fetch.Target#host}
   */
  String of(String host);
}
