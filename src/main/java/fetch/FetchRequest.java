package fetch;

import org.jspecify.annotations.Nullable;

/**
 * An entry that names something to fetch; or, when a host's robots.txt is to be obeyed, what is
 * fetched on the way to such an entry.
 *
 * @param robots whether it is for a robots.txt, whose body the attempt is to carry
 * @param meta what else the list says of it, null when that is nothing
 */
public record FetchRequest(
    long urlnum, String input, Target target, boolean robots, @Nullable Meta meta)
    implements Entry {

  public FetchRequest(long urlnum, String input, Target target, boolean robots) {
    this(urlnum, input, target, robots, null);
  }

  public FetchRequest(long urlnum, String input, Target target) {
    this(urlnum, input, target, false);
  }
}
