package fetch;

import org.jspecify.annotations.Nullable;

/**
 * An entry that names something to fetch; or, when a host's robots.txt is to be obeyed, what is
 * fetched on the way to such an entry.
 *
 * @param robots whether it is for a robots.txt, whose body the attempt is to carry
 * @param own what it wants to be other than for the run, null when that is nothing
 * @param meta what else the list says of it, null when that is nothing
 * @param onward where to go on, null to begin with the target
 */
public record FetchRequest(
    long urlnum,
    String input,
    Target target,
    boolean robots,
    @Nullable OwnSettings own,
    @Nullable Meta meta,
    @Nullable Onward onward)
    implements Entry {

  public FetchRequest(
      long urlnum,
      String input,
      Target target,
      boolean robots,
      @Nullable OwnSettings own,
      @Nullable Meta meta) {
    this(urlnum, input, target, robots, own, meta, null);
  }

  public FetchRequest(long urlnum, String input, Target target, boolean robots) {
    this(urlnum, input, target, robots, null, null);
  }

  public FetchRequest(long urlnum, String input, Target target) {
    this(urlnum, input, target, false);
  }

  /** The same request from where redirects have led. */
  public FetchRequest from(Onward start) {
    return new FetchRequest(urlnum, input, target, robots, own, meta, start);
  }

  /** The same request from its beginning. */
  public FetchRequest fromBeginning() {
    return onward == null ? this : new FetchRequest(urlnum, input, target, robots, own, meta);
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
