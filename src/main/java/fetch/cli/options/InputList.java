package fetch.cli.options;

import fetch.http.url.HttpUrlParser;
import fetch.http.url.QueryAppender;
import fetch.input.CompletedEntries;
import fetch.input.EntryParser;
import fetch.input.EntryReader;
import fetch.input.ListFetcher;
import fetch.input.ListFormat;
import fetch.input.Shard;
import fetch.input.Source;
import fetch.input.TargetParser;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The list of a run.
 *
 * @param sources in order
 * @param format what the sources look like
 * @param limit the most entries to read, those of other shards included
 * @param shard which part of the list is read
 * @param unique whether a request is sent once, however many entries have it
 * @param query is appended to the query of each URL, null for nothing
 */
public record InputList(
    List<Source> sources,
    ListFormat format,
    long limit,
    Shard shard,
    boolean unique,
    @Nullable String query) {
  /** With this appended to the query of each URL, null for nothing. */
  public InputList withQuery(@Nullable String more) {
    return new InputList(sources, format, limit, shard, unique, more);
  }

  /** With lists from elsewhere fetched by this. */
  public InputList fetchedBy(ListFetcher lists) {
    return new InputList(sources, format.fetchedBy(lists), limit, shard, unique, query);
  }

  /** Whether reading it may fetch lists. */
  public boolean mayBeElsewhere() {
    return sources.stream()
        .anyMatch(source -> source instanceof Source.RemoteList || format.namesLists(source));
  }

  /** The parser of its entries. */
  public EntryParser parser() {
    TargetParser urls = new HttpUrlParser();
    return new EntryParser(query == null ? urls : new QueryAppender(urls, query));
  }

  /**
   * A reader of its entries.
   *
   * @param earlier what need not be read again
   * @param complaints takes one sentence for each source that cannot be read
   */
  public EntryReader reader(CompletedEntries earlier, Consumer<String> complaints) {
    return new EntryReader(sources, format, parser(), limit, shard, earlier, complaints);
  }

  /** Whether all of it can be counted in reasonable time. */
  public boolean countable() {
    return sources.stream().allMatch(format::countable);
  }

  /** Whether it is read to its end. */
  public boolean isUnlimited() {
    return limit == Long.MAX_VALUE;
  }

  /** Whether entries are of the shard, by the input of their records; null for the whole list. */
  public @Nullable Predicate<String> part() {
    EntryParser parser = parser();
    return shard.isWhole() ? null : input -> shard.hasInput(input, parser);
  }

  /** Whether entries of any source may have more than a URL. */
  public boolean isStructured() {
    return format.anyStructured(sources);
  }

  /** Whether entries of any source may have methods, headers and bodies of their own. */
  public boolean hasEntryOptions() {
    return format.hasEntryOptions(sources);
  }

  /** Whether any source is standard input. */
  public boolean readsStandardInput() {
    return sources.stream().anyMatch(source -> source instanceof Source.StandardInput);
  }
}
