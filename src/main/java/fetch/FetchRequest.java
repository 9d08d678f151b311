package fetch;

import org.jspecify.annotations.Nullable;

/**
 * An entry that names something to fetch; or, when a host's robots.txt is to be obeyed, what is
 * fetched on the way to such an entry.
 *
 * @param robots whether it is for a robots.txt, whose body the attempt is to carry
 * @param own what it wants to be other than for the run, null when that is nothing
 * @param meta what else the list says of it, null when that is nothing
 */
public record FetchRequest(
    long urlnum,
    String input,
    Target target,
    boolean robots,
    @Nullable OwnSettings own,
    @Nullable Meta meta)
    implements Entry {

  public FetchRequest(long urlnum, String input, Target target, boolean robots) {
    this(urlnum, input, target, robots, null, null);
  }

  public FetchRequest(long urlnum, String input, Target target) {
    this(urlnum, input, target, false);
  }

  /**
   * The method to use.
   *
   * @param usual that of the run
   */
  public String method(String usual) {
    return own == null || own.method() == null ? usual : own.method();
  }
}
