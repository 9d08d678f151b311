package fetch.cli.options;

import fetch.HttpSyntax;
import fetch.output.Column;
import fetch.output.Field;
import fetch.output.OutputFormat;
import fetch.output.ResultFiles;
import fetch.output.SyncMode;
import fetch.resume.ResumeMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for resuming runs and keeping results safe. */
public final class DurabilityOptions implements OptionGroup {
  /** Fields that duplicates of earlier entries copy from records. */
  private static final List<Field> OF_DUPLICATES =
      List.of(Field.RESPONSE_CODE, Field.ERROR, Field.DUPLICATE_OF);

  private final OptionSpec resume =
      OptionGroup.option(
              "MODE",
              "Continue from the records in --output: skip entries that have one."
                  + " --resume=retry-failed fetches failed entries again."
                  + " --resume=match-input recognizes entries of a changed list by their"
                  + " text.",
              "--resume")
          .type(ResumeMode.class)
          .arity("0..1")
          .fallbackValue("continue")
          .preprocessor(new OptionalValue<>(ResumeMode.CONTINUE))
          .converters(Converters.of(text -> Converters.choice(ResumeMode.class, text)))
          .build();
  private final OptionSpec atLeastOnce =
      OptionGroup.flag(
          "Let --resume repeat requests such as POST, which a server may then act on twice.",
          "--at-least-once");
  private final OptionSpec sync =
      OptionGroup.option(
              "WHEN", "Force --output to disk: never, 1s or always. Default: 1s.", "--sync")
          .type(SyncMode.class)
          .converters(Converters.of(text -> Converters.choice(SyncMode.class, text)))
          .defaultValue("1s")
          .build();
  private final OptionSpec maxSize =
      OptionGroup.option(
              "SIZE",
              "Start a new file, such as FILE-00001.jsonl, at this size.",
              "--output-max-size")
          .type(long.class)
          .converters(Converters.of(Converters::sizeLimit))
          .build();
  private final OptionSpec lock =
      OptionGroup.option("FILE", "Exit at once if another run holds this lock file.", "--lock")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();

  @Override
  public String heading() {
    return "Durability";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(resume, atLeastOnce, sync, maxSize, lock);
  }

  /** How to resume from existing records, null for a new run. */
  public @Nullable ResumeMode resume() {
    return resume.getValue();
  }

  public SyncMode sync() {
    return sync.getValue();
  }

  /** The largest size of an output file, in bytes. */
  public long mostBytes() {
    Long size = maxSize.getValue();
    return size == null ? ResultFiles.ONE_FILE : size;
  }

  /** The lock file, null for none. */
  public @Nullable Path lock() {
    return lock.getValue();
  }

  /** Whether entries with requests that are not idempotent may be fetched. */
  public boolean allows(String method) {
    return resume() == null || repeats() || HttpSyntax.isIdempotent(method);
  }

  private boolean repeats() {
    return atLeastOnce.getValue();
  }

  /**
   * Rejects invalid combinations.
   *
   * @param method of the run
   * @param unique whether duplicates repeat the result of the first entry
   */
  public void check(OutputOptions output, String method, boolean unique) throws UsageException {
    if (!allows(method)) {
      throw new UsageException(
          "--resume with "
              + method
              + " needs --at-least-once: an entry that was in flight when a run stopped is"
              + " requested again, though the server may have acted on it");
    }
    if (mostBytes() != ResultFiles.ONE_FILE) {
      checkFile("--output-max-size", output.output());
    }
    ResumeMode mode = resume();
    if (mode != null) {
      checkFile("--resume", output.output());
      checkRecords(output, mode, unique);
    }
  }

  private static void checkFile(String option, @Nullable Path file) throws UsageException {
    if (file == null) {
      throw new UsageException(option + " needs a file, --output=FILE");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UsageException(
          option + " needs a regular file as --output, but " + file + " is not");
    }
  }

  private static void checkRecords(OutputOptions output, ResumeMode mode, boolean unique)
      throws UsageException {
    if (output.format() == OutputFormat.TEXT) {
      throw new UsageException("--resume needs --format=jsonl, csv or tsv");
    }
    if (!output.selections().isEmpty()) {
      throw new UsageException(
          "--resume and --only cannot be combined: entries without a record would be"
              + " fetched again");
    }
    if (output.ordered() && mode != ResumeMode.CONTINUE) {
      throw new UsageException("--ordered and --resume=" + mode + " cannot be combined");
    }
    checkFields(output.fields(), mode, unique);
  }

  private static void checkFields(@Nullable List<Column> fields, ResumeMode mode, boolean unique)
      throws UsageException {
    if (fields == null) {
      return;
    }
    if (!fields.contains(Field.URLNUM) || !fields.contains(Field.INPUT)) {
      throw new UsageException("--resume needs urlnum and input in --fields");
    }
    boolean telling = fields.contains(Field.OK) || fields.contains(Field.ERROR);
    if (mode == ResumeMode.RETRY_FAILED && !telling) {
      throw new UsageException("--resume=retry-failed needs ok or error in --fields");
    }
    if (unique && !fields.containsAll(OF_DUPLICATES)) {
      throw new UsageException(
          "--resume with --unique needs response_code, error and duplicate_of in --fields");
    }
  }
}
