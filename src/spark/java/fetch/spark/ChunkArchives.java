package fetch.spark;

import fetch.ArchivedResponse;
import fetch.FetchResult;
import fetch.SavedBody;
import fetch.warc.ArchiveSpool;
import fetch.warc.SpooledArchive;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive for each chunk of a task, with the exchanges of its entries.
 *
 * <ul>
 *   <li>The archive is written before its chunk, which names it. Committing the chunk commits both.
 *   <li>Its name is that of the chunk. If a killed or slower task has used that name, a number is
 *       added.
 *   <li>An archive that no chunk names is invalid. A task that was overtaken by another deletes its
 *       own; the driver deletes the others.
 * </ul>
 *
 * <p>For one thread, except {@link #length}.
 *
 * @param spool has the exchanges of the task
 */
record ChunkArchives(OutputDirectory directory, ArchiveSpool spool) {
  /** The directory of archives; Spark ignores it for its name. */
  static final String FOLDER = "_warc";

  private static final String EXTENSION = ".warc.gz";
  private static final String INDEX = ".cdxj";

  /** A written archive, and the records that name it. */
  record Written(String name, SpooledArchive archive, List<FetchResult> results) {}

  /** The index of an archive. */
  static String index(String archive) {
    return archive.substring(0, archive.length() - EXTENSION.length()) + INDEX;
  }

  /** The number of bytes that an entry takes in an archive. */
  long length(FetchResult result) {
    return spool.length(result.entry().urlnum());
  }

  /**
   * Writes the archive of a chunk.
   *
   * @param chunk the name of the chunk, without extension
   * @return null if no result has an archived response
   */
  @Nullable Written write(String chunk, List<FetchResult> results) throws IOException {
    if (results.stream().allMatch(result -> archived(result) == null)) {
      return null;
    }
    List<Long> urlnums = urlnums(results);
    for (int number = 1; ; number++) {
      String filename = chunk + (number == 1 ? "" : "-" + number) + EXTENSION;
      String name = FOLDER + "/" + filename;
      if (!directory.exists(name)) {
        SpooledArchive archive = spool.archive(filename, name, urlnums);
        if (directory.putIfAbsent(name, archive::writeTo)) {
          directory.putIfAbsent(index(name), archive::writeIndexTo);
          return new Written(name, archive, results.stream().map(r -> placed(r, archive)).toList());
        }
      }
    }
  }

  private static @Nullable ArchivedResponse archived(FetchResult result) {
    return result.representation().stored().archived();
  }

  private static FetchResult placed(FetchResult result, SpooledArchive archive) {
    SavedBody stored = result.representation().stored();
    ArchivedResponse spooled = stored.archived();
    return spooled == null
        ? result
        : result.withStored(stored.withArchived(archive.place(spooled)));
  }

  /** Deletes an archive whose chunk was not committed. */
  void delete(Written lost) throws IOException {
    directory.delete(index(lost.name()));
    directory.delete(lost.name());
  }

  /** Records that the chunk of an archive is committed. */
  void committed(Written archive) {
    spool.release(archive.archive());
  }

  /** Releases the exchanges of committed entries, of this task or another. */
  void release(Collection<FetchResult> results) throws IOException {
    spool.release(urlnums(results));
  }

  private static List<Long> urlnums(Collection<FetchResult> results) {
    return results.stream().map(result -> result.entry().urlnum()).toList();
  }
}
