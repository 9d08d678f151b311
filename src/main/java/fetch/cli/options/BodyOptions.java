package fetch.cli.options;

import fetch.Clock;
import fetch.FetchRequest;
import fetch.HashAlgorithm;
import fetch.SavedBody;
import fetch.body.BodyDirectory;
import fetch.body.BodySink;
import fetch.body.BoundedSink;
import fetch.body.BoundedSink.Bounds;
import fetch.body.HashingSink;
import fetch.output.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for saving, hashing and limiting bodies. */
public final class BodyOptions implements OptionGroup {
  private final OptionSpec save =
      OptionGroup.option(
              "DIR",
              "Save bodies of ok responses as DIR/HOST:PORT/PATH, plus a hash of the"
                  + " URL where the path alone is ambiguous.",
              "--save")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();
  private final OptionSpec saveAs =
      OptionGroup.option(
              "TEMPLATE",
              "File name template, e.g. {host}/{urlnum:08}{ext}. Relative to --save, or"
                  + " to the current directory. Fields: scheme, host, port, path, name, stem,"
                  + " ext, query, hash, urlnum, and remote_name from Content-Disposition.",
              "--save-as")
          .converters(Converters.of(BodyDirectory::checkTemplate))
          .build();
  private final OptionSpec saveFailed =
      OptionGroup.flag("Also save bodies of responses that are not ok.", "--save-failed");
  private final OptionSpec remoteTime =
      OptionGroup.flag("Set the time of saved files from Last-Modified.", "-R", "--remote-time");
  private final OptionSpec skipExisting =
      OptionGroup.flag("Skip entries whose file exists.", "--skip-existing");

  private final OptionSpec hash =
      OptionGroup.option(
              "NAME,...",
              "Hash decompressed bodies with md5, sha1, sha256, sha512 or blake3."
                  + " Verifies them against list columns with these names, or checksum.",
              "--hash")
          .type(Object.class)
          .converters(Converters.of(BodyOptions::algorithms))
          .build();
  private final OptionSpec maxTotalSize =
      OptionGroup.option(
              "SIZE", "Stop the run when bodies exceed this size in total.", "--max-total-size")
          .type(long.class)
          .converters(Converters.of(Converters::sizeLimit))
          .build();
  private final OptionSpec minFree =
      OptionGroup.option(
              "SIZE",
              "Stop the run when the disk for saved or archived bodies has less free"
                  + " space than this.",
              "--min-free")
          .type(long.class)
          .converters(Converters.of(Converters::size))
          .build();

  @Override
  public String heading() {
    return "Bodies";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(save, saveAs, saveFailed, skipExisting, remoteTime, hash, maxTotalSize, minFree);
  }

  public OptionSpec hash() {
    return hash;
  }

  private static List<HashAlgorithm> algorithms(String names) {
    Set<HashAlgorithm> algorithms = new LinkedHashSet<>();
    for (String name : names.split(",", -1)) {
      algorithms.add(algorithm(name.strip()));
    }
    return List.copyOf(algorithms);
  }

  private static HashAlgorithm algorithm(String name) {
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      if (algorithm.label().equalsIgnoreCase(name)) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException(
        "'" + name + "' is not one of md5, sha1, sha256, sha512, blake3");
  }

  /**
   * Rejects invalid combinations.
   *
   * @param archived whether bodies go into an archive
   */
  public void check(boolean archived) throws UsageException {
    boolean failed = saveFailed.getValue();
    if (!saves() && (failed || skipsExisting())) {
      throw new UsageException((failed ? "--save-failed" : "--skip-existing") + " needs --save");
    }
    String template = saveAs.getValue();
    if (skipsExisting() && template != null && BodyDirectory.needsResponse(template)) {
      throw new UsageException(
          "--skip-existing and {remote_name} exclude each other: the name is known only after the"
              + " request");
    }
    boolean remote = remoteTime.getValue();
    if (!saves() && remote) {
      throw new UsageException("--remote-time needs --save");
    }
    if (!saves() && !archived && minFree.getValue() != null) {
      throw new UsageException("--min-free needs --save or --warc");
    }
  }

  public boolean saves() {
    return save.getValue() != null || saveAs.getValue() != null;
  }

  /** Whether bodies of responses that are not ok are also saved. */
  public boolean savesFailed() {
    return saveFailed.getValue();
  }

  public boolean skipsExisting() {
    return skipExisting.getValue();
  }

  /**
   * Creates the directory; null if bodies are not saved.
   *
   * @param ok the statuses that count as success
   * @param takenBelow the names below a directory that no body may replace, null for none
   * @param ends called with the reason when no more bodies can be saved
   */
  public @Nullable BodyDirectory directory(
      IntPredicate ok,
      Function<Path, @Nullable Predicate<String>> takenBelow,
      Consumer<String> ends,
      Clock clock)
      throws IOException {
    Path root = root();
    if (root == null) {
      return null;
    }
    boolean all = saveFailed.getValue();
    try {
      BodyDirectory directory =
          new BodyDirectory(
              root,
              saveAs.getValue(),
              takenBelow.apply(root),
              status -> all || ok.test(status),
              ends,
              clock);
      boolean remote = remoteTime.getValue();
      return remote ? directory.withRemoteTimes() : directory;
    } catch (IOException e) {
      throw new IOException("cannot save bodies: " + IoMessages.of(e), e);
    }
  }

  /** The directory for saved bodies, null if they are not saved. */
  public @Nullable Path root() {
    Path root = save.getValue();
    return root == null && saveAs.getValue() != null ? Path.of("") : root;
  }

  /**
   * The sink for bodies, null for none.
   *
   * @param saved the next sink, null if bodies are not saved
   * @param archive the file of an archive, null if there is none
   * @param checked whether the list may have checksums
   * @param compared whether hashes are needed to compare runs
   * @param ok the statuses that count as success
   * @param ends called with the reason when a limit is reached
   */
  public @Nullable BodySink sink(
      @Nullable BodySink saved,
      @Nullable Path archive,
      boolean checked,
      boolean compared,
      IntPredicate ok,
      Consumer<String> ends)
      throws IOException {
    BodySink sink = saved;
    if (checked || !hashes(compared).isEmpty()) {
      sink = new HashingSink(hashes(compared), ok, sink);
    }
    Long most = maxTotalSize.getValue();
    Long free = minFree.getValue();
    if (most == null && free == null) {
      return sink;
    }
    Bounds bounds =
        new Bounds(
            most == null ? Long.MAX_VALUE : most,
            free == null ? 0 : free,
            free == null ? null : Files.getFileStore(folder(archive).toAbsolutePath()));
    return new BoundedSink(bounds, ends, sink);
  }

  /**
   * Whether an earlier run saved and hashed the body as these options require.
   *
   * @param directory null if bodies are not saved
   */
  public boolean haveBefore(
      FetchRequest request, SavedBody before, @Nullable BodyDirectory directory) {
    String file = before.file();
    boolean saved = directory == null || (file != null && directory.has(request, file));
    return saved
        && before.digests().keySet().containsAll(hashes(false))
        && HashingSink.agrees(request, before);
  }

  private List<HashAlgorithm> hashes(boolean compared) {
    @Nullable List<HashAlgorithm> asked = hash.getValue();
    return asked != null ? asked : compared ? List.of(HashAlgorithm.SHA256) : List.of();
  }

  /** The directory whose free space is checked. */
  private Path folder(@Nullable Path archive) {
    Path above = archive == null || saves() ? null : archive.toAbsolutePath().getParent();
    Path root = root();
    return above != null ? above : root == null ? Path.of("") : root;
  }

  /**
   * The record fields that these options add.
   *
   * @param archived whether bodies go into an archive
   * @param compared whether hashes are needed to compare runs
   */
  public List<Field> fields(boolean archived, boolean compared) {
    List<Field> fields = new ArrayList<>();
    if (saves() || archived) {
      fields.add(Field.FILENAME_EFFECTIVE);
    }
    hashes(compared).forEach(algorithm -> fields.add(Field.of(algorithm)));
    return fields;
  }
}
