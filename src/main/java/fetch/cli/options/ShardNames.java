package fetch.cli.options;

import fetch.input.Shard;
import fetch.input.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Inserts the number of the shard into file names, so that shards do not share files. */
public final class ShardNames {
  private static final String PLACE = "{shard}";

  private ShardNames() {}

  /**
   * Replaces {@code {shard}} in all options that name a file or directory. Numbers have leading
   * zeros, so that names sort in order.
   *
   * @param shard null for the whole list
   * @throws UsageException if a name has {@code {shard}} but the list is not divided
   */
  public static void fill(List<OptionGroup> groups, @Nullable Shard shard) throws UsageException {
    for (OptionGroup group : groups) {
      for (OptionSpec option : group.options()) {
        if (option.getValue() instanceof Path path && path.toString().contains(PLACE)) {
          fill(option, path, shard);
        }
      }
    }
  }

  /**
   * The lists, with the number of the shard in their names.
   *
   * @param shard null for the whole list; names are then left as they are
   */
  public static List<Source> sources(List<Source> sources, @Nullable Shard shard) {
    if (shard == null || sources.stream().noneMatch(ShardNames::hasPlace)) {
      return sources;
    }
    List<Source> filled = new ArrayList<>();
    for (Source source : sources) {
      filled.add(
          source instanceof Source.ListFile(Path path)
              ? new Source.ListFile(filled(path, shard))
              : source);
    }
    return filled;
  }

  /**
   * The shard to read of the lists. Null, for the whole of them, if their names already select the
   * shard.
   *
   * @param sources as given
   * @throws UsageException if only some of them have a place for the number
   */
  public static @Nullable Shard part(List<Source> sources, @Nullable Shard shard)
      throws UsageException {
    if (shard == null || sources.stream().noneMatch(ShardNames::hasPlace)) {
      return shard;
    }
    if (!sources.stream().allMatch(ShardNames::hasPlace)) {
      throw new UsageException("either all lists have " + PLACE + " in their names, or none");
    }
    return null;
  }

  private static boolean hasPlace(Source source) {
    return source instanceof Source.ListFile(Path path) && path.toString().contains(PLACE);
  }

  private static Path filled(Path path, Shard shard) {
    String index = Integer.toString(shard.index());
    int width = Integer.toString(shard.count()).length();
    String number = "0".repeat(width - index.length()) + index;
    return Path.of(path.toString().replace(PLACE, number));
  }

  private static void fill(OptionSpec option, Path path, @Nullable Shard shard)
      throws UsageException {
    if (shard == null) {
      throw new UsageException(option.longestName() + ": " + PLACE + " needs --shard");
    }
    option.setValue(filled(path, shard));
  }
}
