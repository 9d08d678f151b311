package fetch.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes words of a command line to files, so that another run of fetch can read them without
 * showing them in the process list. Only this user can read the files.
 *
 * @param directory for the files
 */
record ArgumentFile(Path directory) {
  /** An argument file may have 1 MiB; a character has up to four bytes. */
  private static final int MOST_CHARACTERS = 200_000;

  /**
   * The replacements of the words on a command line: {@code @FILE}, and words that contain line
   * ends.
   */
  List<String> of(List<String> words) throws IOException {
    List<String> arguments = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (word.indexOf('\n') >= 0 || word.indexOf('\r') >= 0) {
        arguments.add(word); // argument files cannot contain line ends
        continue;
      }
      line.append(quoted(word)).append(' ');
      if (line.length() > MOST_CHARACTERS) {
        arguments.add(written(line, arguments.size()));
        line.setLength(0);
      }
    }
    if (!line.isEmpty()) {
      arguments.add(written(line, arguments.size()));
    }
    return arguments;
  }

  /** Quotes only what needs it: the start script looks for words without quotes. */
  private static String quoted(String word) {
    boolean plain = !word.isEmpty() && !word.startsWith("#");
    for (int i = 0; i < word.length() && plain; i++) {
      plain = " \t'\"".indexOf(word.charAt(i)) < 0;
    }
    return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private String written(CharSequence line, int number) throws IOException {
    Path file = directory.resolve("arguments-" + number);
    Set<StandardOpenOption> isNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(file, isNew, forThisUser());
        Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
      writer.append(line).append('\n');
    }
    return "@" + file;
  }

  private static FileAttribute<?>[] forThisUser() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
