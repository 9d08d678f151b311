package fetch;

/**
 * An entry that names something to fetch; or, when a host's robots.txt is to be obeyed, what is
 * fetched on the way to such an entry.
 *
 * @param robots whether it is for a robots.txt, whose body the attempt is to carry
 */
public record FetchRequest(long urlnum, String input, Target target, boolean robots)
    implements Entry {

  public FetchRequest(long urlnum, String input, Target target) {
    this(urlnum, input, target, false);
  }
}
