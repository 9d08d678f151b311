package fetch.input;

/** Groups hosts whose URLs stay together when a list is divided. */
public interface HostKey {
  /** Each host is a group. */
  HostKey ITSELF = host -> host;

  /**
   * The key of a host; hosts with the same key stay together.
   *
   * @param host as {@link fetch.Target#host}
   */
  String of(String host);
}
