package fetch;

import org.jspecify.annotations.Nullable;

/**
 * An entry that names something to fetch; or, when a host's robots.txt is to be obeyed, what is
 * fetched on the way to such an entry.
 *
 * @param robots whether it is for a robots.txt, whose body the attempt is to carry
 * @param own settings that override those of the run, null for none
 * @param meta what else the list says of it, null when that is nothing
 * @param hop where redirects have led, null at the start of an attempt
 */
public record FetchRequest(
    long urlnum,
    String input,
    Target target,
    boolean robots,
    @Nullable EntryOverrides own,
    @Nullable Meta meta,
    @Nullable Hop hop)
    implements Entry {

  public FetchRequest(
      long urlnum,
      String input,
      Target target,
      boolean robots,
      @Nullable EntryOverrides own,
      @Nullable Meta meta) {
    this(urlnum, input, target, robots, own, meta, null);
  }

  public FetchRequest(long urlnum, String input, Target target, boolean robots) {
    this(urlnum, input, target, robots, null, null);
  }

  public FetchRequest(long urlnum, String input, Target target) {
    this(urlnum, input, target, false);
  }

  /** The same request where redirects have led. */
  public FetchRequest at(Hop next) {
    return new FetchRequest(urlnum, input, target, robots, own, meta, next);
  }

  /** The same request from its beginning. */
  public FetchRequest fromBeginning() {
    return hop == null ? this : new FetchRequest(urlnum, input, target, robots, own, meta);
  }

  /** What is requested now: the entry's own URL, or where redirects have led. */
  public Target requested() {
    return hop == null ? target : hop.target();
  }

  /**
   * The method to use.
   *
   * @param usual that of the run; an entry with content of its own uses POST in place of GET or
   *     HEAD
   */
  public String method(String usual) {
    return own == null ? usual : method(own.method(), own.content() != null, usual);
  }

  /**
   * The method of an entry.
   *
   * @param given by the entry itself, null for none
   * @param sends whether the entry has content of its own
   * @param usual that of the run
   */
  public static String method(@Nullable String given, boolean sends, String usual) {
    boolean reads = usual.equals("GET") || usual.equals("HEAD");
    return given != null ? given : sends && reads ? "POST" : usual;
  }
}
