package fetch.body;

import fetch.SavedBody;
import fetch.body.IncomingBody.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one body to a file, and renames it once it is complete. Opens the file when a block is
 * full or the body ends.
 */
final class BodyFileWriter implements BodyWriter {
  private static final int BLOCK_BYTES = 64 * 1024;

  /** From this size on, copying costs more than a system call. */
  private static final int WORTH_WRITING = 16 * 1024;

  /** From this size or time on, a body can be resumed even if the process is killed. */
  private static final long MUCH_BYTES = 2 * 1024 * 1024;

  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final byte[] NONE = {};

  private final BodyDirectory directory;
  private final Supplier<@Nullable Origin> origin;
  private final Supplier<@Nullable Instant> lastModified;
  private @Nullable Origin known;
  private final String temporaryName;
  private FileName name;
  private byte[] gathered = NONE;
  private int size;
  private @Nullable Path temporary;
  private @Nullable FileChannel file;
  private final long start;
  private boolean worthNoting = true;
  private boolean noted;

  /** Begins a file, or continues a partial body. */
  BodyFileWriter(BodyDirectory directory, FileName name, IncomingBody incoming)
      throws BodySaveException {
    this.directory = directory;
    this.name = name;
    this.origin = incoming.origin();
    this.lastModified = incoming.lastModified();
    this.start = directory.clock().nanoTime();
    this.temporaryName = directory.temporaryName();
    PartialBody before = incoming.continued();
    if (before != null) {
      goOn(before);
    }
  }

  private void goOn(PartialBody before) throws BodySaveException {
    try {
      file = before.open();
      temporary = before.file();
    } catch (IOException e) {
      throw directory.failed(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws BodySaveException {
    try {
      if (size + length > BLOCK_BYTES || length >= WORTH_WRITING) {
        writeOut(gathered, 0, size);
        size = 0;
      }
      if (length >= WORTH_WRITING) {
        writeOut(bytes, offset, length);
      } else {
        gather(bytes, offset, length);
      }
    } catch (IOException | InvalidPathException e) {
      throw directory.failed(e);
    }
  }

  private void gather(byte[] bytes, int offset, int length) {
    if (size + length > gathered.length) {
      gathered = Arrays.copyOf(gathered, Math.max(size + length, Math.min(2 * size, BLOCK_BYTES)));
    }
    System.arraycopy(bytes, offset, gathered, size, length);
    size += length;
  }

  private void writeOut(byte[] bytes, int offset, int length) throws IOException {
    FileChannel open = file == null ? open() : file;
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    while (rest.hasRemaining()) {
      open.write(rest);
    }
    if (worthNoting) {
      note(open);
    }
  }

  private void note(FileChannel open) {
    Origin from = known == null ? origin.get() : known;
    known = from;
    worthNoting = from != null;
    if (from == null) {
      return;
    }
    boolean much = from.total() < 0 || from.total() > MUCH_BYTES;
    if (much || directory.clock().nanoTime() - start > LONG_NANOS) {
      worthNoting = false;
      Path written = Objects.requireNonNull(temporary);
      noted = InProgressMarker.note(open, written, directory.partialBodyPath(name), from);
    }
  }

  private void dropNote() throws IOException {
    worthNoting = false;
    if (noted) {
      noted = false;
      Files.deleteIfExists(directory.partialBodyPath(name));
    }
  }

  private FileChannel open() throws IOException {
    try {
      return create();
    } catch (FileSystemException e) {
      name = directory.place().prepare(name);
      return create();
    }
  }

  private FileChannel create() throws IOException {
    directory.place().checkWay(name);
    Path path = directory.root().resolve(name.directory() + temporaryName);
    FileChannel created =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    temporary = path;
    file = created;
    return created;
  }

  @Override
  public SavedBody finish() throws BodySaveException {
    try {
      worthNoting = false;
      writeOut(gathered, 0, size);
      return new SavedBody(publish().toString(), Map.of());
    } catch (IOException | InvalidPathException e) {
      throw directory.failed(e);
    }
  }

  /** A failure is ignored: a body is useful with any time. */
  private void setTime(Path written) {
    Instant modified = directory.hasRemoteTimes() ? lastModified.get() : null;
    try {
      if (modified != null) {
        Files.setLastModifiedTime(written, FileTime.from(modified));
      }
    } catch (IOException e) {
      // The file keeps the time at which it was written.
    }
  }

  private Path publish() throws IOException {
    Path written = Objects.requireNonNull(temporary);
    Objects.requireNonNull(file).close();
    setTime(written);
    FileName free = directory.place().isTaken(name) ? name.distinct() : name;
    Path target = directory.root().resolve(free.toString());
    if (directory.place().isTaken(free)) {
      throw new FileSystemException(target.toString(), null, "is a file that this run uses");
    }
    try {
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
      target = directory.root().resolve(name.distinct().toString());
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    }
    temporary = null;
    dropNote();
    return target;
  }

  /** Keeps the file as a partial body if it was opened and can be resumed. */
  @Override
  public void leave() {
    Path written = temporary;
    Origin from = file == null || written == null ? null : origin.get();
    if (file == null || written == null || from == null) {
      return;
    }
    try {
      writeOut(gathered, 0, size);
      dropNote();
      PartialBody.leave(file, written, directory.partialBodyPath(name), from);
      temporary = null;
      directory.notePartialBody();
    } catch (IOException e) {
      // close() deletes the file.
    }
  }

  @Override
  public void close() {
    try (FileChannel open = file) {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
        dropNote();
      }
    } catch (IOException e) {
      // The file keeps its temporary name.
    }
  }
}
