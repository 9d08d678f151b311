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
 * @param format of the sources
 * @param limit the most entries to read, those of other shards included
 * @param shard the part of the list to read
 * @param unique whether equal requests are sent only once
 * @param query appended to the query of each URL, null for none
 */
public record InputList(
    List<Source> sources,
    ListFormat format,
    long limit,
    Shard shard,
    boolean unique,
    @Nullable String query) {
  /** All entries of one list, whose extension names its format. */
  public static InputList of(Source source) {
    return new InputList(
        List.of(source), ListFormat.BY_NAME, Long.MAX_VALUE, Shard.WHOLE, false, null);
  }

  /** Returns a copy that appends this to the query of each URL, null for none. */
  public InputList withQuery(@Nullable String more) {
    return new InputList(sources, format, limit, shard, unique, more);
  }

  /** Returns a copy that fetches lists at URLs this way. */
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
   * @param earlier entries to skip
   * @param complaints receives one sentence for each source that cannot be read
   */
  public EntryReader reader(CompletedEntries earlier, Consumer<String> complaints) {
    return new EntryReader(sources, format, parser(), limit, shard, earlier, complaints);
  }

  /** Whether it can be counted completely in reasonable time. */
  public boolean countable() {
    return sources.stream().allMatch(format::countable);
  }

  /** Whether it is read to its end. */
  public boolean isUnlimited() {
    return limit == Long.MAX_VALUE;
  }

  /** Whether an entry belongs to the shard, by the input in its record; null for the whole list. */
  public @Nullable Predicate<String> part() {
    EntryParser parser = parser();
    return shard.isWhole() ? null : input -> shard.hasInput(input, parser);
  }

  /** Whether entries may have more than a URL. */
  public boolean isStructured() {
    return format.anyStructured(sources);
  }

  /** Whether entries may have their own methods, headers and bodies. */
  public boolean hasEntryOptions() {
    return format.hasEntryOptions(sources);
  }

  /** Whether any source is standard input. */
  public boolean readsStandardInput() {
    return sources.stream().anyMatch(source -> source instanceof Source.StandardInput);
  }
}
