package fetch;

/** Handles the names of hosts. */
public final class HostName {
  private HostName() {}

  /** The name without a trailing dot, which marks it as complete and makes no other difference. */
  public static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
