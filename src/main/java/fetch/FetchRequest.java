package fetch;

import org.jspecify.annotations.Nullable;

/**
 * An entry with a URL to fetch; or a request for the robots.txt that such an entry must obey.
 *
 * @param robots whether it is for a robots.txt, whose body the attempt must carry
 * @param own settings that override those of the run, null for none
 * @param meta the other columns or keys of the list, null if there are none
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

  /** The same request at the next hop. */
  public FetchRequest at(Hop next) {
    return new FetchRequest(urlnum, input, target, robots, own, meta, next);
  }

  /** The same request without its redirects. */
  public FetchRequest fromBeginning() {
    return hop == null ? this : new FetchRequest(urlnum, input, target, robots, own, meta);
  }

  /** The target of the next request: the entry's own URL, or that of the last redirect. */
  public Target requested() {
    return hop == null ? target : hop.target();
  }

  /**
   * The request method.
   *
   * @param usual that of the run; an entry with its own content uses POST instead of GET or HEAD
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
