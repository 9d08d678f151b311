package fetch.http;

/**
 * Which optional details of responses attempts carry; they cost memory.
 *
 * @param headers the header fields of the last response
 * @param redirects the redirects that were followed
 */
public record ResponseDetails(boolean headers, boolean redirects) {
  public static final ResponseDetails NONE = new ResponseDetails(false, false);
}
