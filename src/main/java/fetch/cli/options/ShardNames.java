package fetch.cli.options;

import fetch.input.Shard;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Puts the number of the part into the names of files, so that parts do not share files. */
public final class ShardNames {
  private static final String PLACE = "{shard}";

  private ShardNames() {}

  /**
   * Replaces {@code {shard}} in all options that name a file or directory. Numbers have leading
   * zeros, so that names sort as the parts do.
   *
   * @param shard null for the whole list
   * @throws UsageException when a name has {@code {shard}} but the list is not divided
   */
  public static void fill(List<OptionGroup> groups, @Nullable Shard shard) throws UsageException {
    for (OptionGroup group : groups) {
      for (OptionSpec option : group.options()) {
        if (option.getValue() instanceof Path path && path.toString().contains(PLACE)) {
          fill(option, path.toString(), shard);
        }
      }
    }
  }

  private static void fill(OptionSpec option, String path, @Nullable Shard shard)
      throws UsageException {
    if (shard == null) {
      throw new UsageException(option.longestName() + ": " + PLACE + " needs --shard");
    }
    String index = Integer.toString(shard.index());
    int width = Integer.toString(shard.count()).length();
    String number = "0".repeat(width - index.length()) + index;
    option.setValue(Path.of(path.replace(PLACE, number)));
  }
}
