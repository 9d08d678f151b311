package fetch.body;

import fetch.Clock;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.SavedBody;
import fetch.file.FileFault;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Saves each body in its own file. A file is written under a temporary name in the same directory,
 * so a file with its final name is complete. Safe for many threads, and beside other runs.
 */
public final class BodyDirectory implements BodySink {
  /** Messages of operating systems for failures that end the run instead of failing one entry. */
  private static final List<String> OF_DISK =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Read-only file system",
          "Input/output error",
          "not enough space on the disk");

  private static final String PARTIAL_EXTENSION = ".part";

  private final Path root;
  private final FileNaming naming;
  private final FilePlacement place;
  private final IntPredicate wanted;
  private final Consumer<String> ends;
  private final Clock clock;
  private final String unique =
      Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, Character.MAX_RADIX);
  private final AtomicLong number = new AtomicLong();
  private volatile boolean mayHavePartialBodies;
  private volatile boolean remoteTimes;

  /** Creates the directory if necessary. It must not contain other files of the run. */
  public BodyDirectory(
      Path root, @Nullable String template, IntPredicate wanted, Consumer<String> ends, Clock clock)
      throws IOException {
    this(root, template, null, wanted, ends, clock);
  }

  /**
   * Creates the directory if necessary.
   *
   * @param template file name template; null for host and path
   * @param taken whether a name below the directory belongs to another file of the run, which must
   *     not be replaced; null for none
   * @param wanted the status codes whose bodies are saved
   * @param ends gets a sentence when no more bodies can be saved
   */
  public BodyDirectory(
      Path root,
      @Nullable String template,
      @Nullable Predicate<String> taken,
      IntPredicate wanted,
      Consumer<String> ends,
      Clock clock)
      throws IOException {
    this.place = new FilePlacement(make(root), taken);
    this.mayHavePartialBodies = hasAnything(root);
    FileSystemTraits traits = FileSystemTraits.of(root, unique);
    this.root = root;
    this.naming = template == null ? new UrlNaming(traits) : new TemplateNaming(template, traits);
    this.wanted = wanted;
    this.ends = ends;
    this.clock = clock;
  }

  private static Path make(Path root) throws IOException {
    try {
      Files.createDirectories(root);
      return root;
    } catch (FileAlreadyExistsException e) {
      throw new NotDirectoryException(root.toString());
    } catch (FileSystemException e) {
      throw FileFault.about(root, e);
    }
  }

  private static boolean hasAnything(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return entries.iterator().hasNext();
    }
  }

  /** Throws an {@link IllegalArgumentException} with a sentence if the template is invalid. */
  public static String checkTemplate(String template) {
    TemplateNaming.check(template);
    return template;
  }

  /** Whether a template names files after the response. */
  public static boolean needsResponse(String template) {
    return TemplateNaming.isRemote(template);
  }

  /** The existing file of an entry; null without one. */
  public @Nullable SavedBody existing(FetchRequest request) {
    try {
      Path file = place.of(naming.name(request));
      return Files.isRegularFile(file) ? new SavedBody(file.toString(), Map.of()) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * Whether a file exists and has the name that this entry's body would get. Ignores the parts that
   * depend on the response: the extension, or the remote name.
   */
  public boolean has(FetchRequest request, String file) {
    try {
      Path usual = place.of(naming.name(request));
      if (naming.needsResponse()) {
        Path path = Path.of(file);
        return Objects.equals(usual.getParent(), path.getParent()) && Files.isRegularFile(path);
      }
      String name = usual.toString();
      boolean named = file.startsWith(name) && (file + ".").startsWith(".", name.length());
      return named && Files.isRegularFile(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public @Nullable BodyWriter begin(IncomingBody incoming) throws BodySaveException {
    int status = incoming.status();
    return status == HttpURLConnection.HTTP_NOT_MODIFIED || !wanted.test(status)
        ? null
        : new BodyFileWriter(
            this,
            naming.name(incoming.request(), incoming.contentType(), incoming.disposition()),
            incoming);
  }

  /** Skips the look-up if the directory was empty. */
  @Override
  public @Nullable PartialBody takePartial(FetchRequest request) {
    if (!mayHavePartialBodies || !wanted.test(HttpURLConnection.HTTP_PARTIAL)) {
      return null;
    }
    try {
      FileName name = naming.name(request);
      Path place = partialBodyPath(name);
      return Files.exists(place)
          ? PartialBody.claim(place, root.resolve(name.directory() + temporaryName()))
          : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** The file that keeps a partial body. */
  Path partialBodyPath(FileName name) {
    return root.resolve(
        name.directory() + SafeName.HIDDEN + UrlHash.of(name.url()) + PARTIAL_EXTENSION);
  }

  /** Notes that a partial body exists. */
  void notePartialBody() {
    mayHavePartialBodies = true;
  }

  /**
   * Sets the time of files to the Last-Modified date of their response from now on, if there is
   * one.
   */
  public BodyDirectory withRemoteTimes() {
    remoteTimes = true;
    return this;
  }

  boolean hasRemoteTimes() {
    return remoteTimes;
  }

  Path root() {
    return root;
  }

  Clock clock() {
    return clock;
  }

  FilePlacement place() {
    return place;
  }

  /** A unique temporary name. */
  String temporaryName() {
    return SafeName.HIDDEN + unique + "-" + number.incrementAndGet() + ".tmp";
  }

  /** The failure of a body that could not be saved; ends the run if no body can be saved. */
  BodySaveException failed(Exception e) {
    String reason = reason(e);
    boolean ofDisk = OF_DISK.stream().anyMatch(reason::contains);
    if (!ofDisk && Files.isWritable(root)) {
      return new BodySaveException(
          FailureKind.SAVE, FailureKind.SAVE.sentence() + ": " + reason, e);
    }
    ends.accept("cannot save bodies: " + reason);
    return new BodySaveException(FailureKind.INTERRUPTED, FailureKind.INTERRUPTED.sentence(), e);
  }

  private String reason(Exception e) {
    return switch (e) {
      case FileSystemException file -> BodySaveException.reason(file);
      default -> root + ": " + e.getMessage();
    };
  }
}
