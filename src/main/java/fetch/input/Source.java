package fetch.input;

import fetch.Redaction;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds a list of entries: a file, standard input, or a URL given as an argument.
 */
public sealed interface Source {
  /** What messages call it. */
  String name();

  /** What messages call one of its lines. */
  default String place(long line) {
    return "line " + line + " of " + name();
  }

  /** Whether its end is near at hand, so that what is left of it can be counted. */
  boolean countable();

  /** Whether no user named it, but another list did. */
  default boolean isNamedByList() {
    return false;
  }

  /** A source as it was given, without what may be a secret in it if it is not a file. */
  static String shown(String argument) {
    return argument.indexOf('@') >= 0 && !new File(argument).exists()
        ? Redaction.ofText(argument)
        : argument;
  }

  /**
   * Opens it for one reading; the caller closes the bytes.
   *
   * @param lists fetches what is elsewhere
   */
  Opened open(ListFetcher lists) throws IOException;

  /**
   * A source that was opened.
   *
   * @param bytes as they are, perhaps compressed
   * @param url where the last redirect led, password masked; null when it is not at a URL
   * @param contentType as sent, null when absent
   */
  record Opened(InputStream bytes, @Nullable String url, @Nullable String contentType) {
    /** Opened from this machine, without a URL. */
    static Opened of(InputStream bytes) {
      return new Opened(bytes, null, null);
    }
  }

  /**
   * A list at a URL.
   *
   * @param named whether a user named it, and no other list did
   */
  record RemoteList(String url, boolean named) implements Source {
    @Override
    public boolean isNamedByList() {
      return !named;
    }

    @Override
    public String name() {
      return Redaction.ofUrl(url);
    }

    @Override
    public boolean countable() {
      return named;
    }

    @Override
    public Opened open(ListFetcher lists) throws IOException {
      return lists.fetch(url, named);
    }
  }

  /** A list in a file. */
  record ListFile(Path path) implements Source {
    @Override
    public String name() {
      return shown(path.toString());
    }

    @Override
    public boolean countable() {
      return Files.isRegularFile(path);
    }

    @Override
    public Opened open(ListFetcher lists) throws IOException {
      if (Files.isDirectory(path)) {
        throw new IOException("is a directory");
      }
      return Opened.of(Files.newInputStream(path));
    }
  }

  /** A list on standard input. */
  record StandardInput(InputStream stream) implements Source {
    @Override
    public String name() {
      return "standard input";
    }

    @Override
    public boolean countable() {
      return false;
    }

    @Override
    public Opened open(ListFetcher lists) {
      return Opened.of(stream);
    }
  }

  /** One URL. */
  record BareUrl(String url) implements Source {
    @Override
    public String name() {
      return "the command line";
    }

    @Override
    public String place(long line) {
      return name();
    }

    @Override
    public boolean countable() {
      return true;
    }

    @Override
    public Opened open(ListFetcher lists) {
      return Opened.of(new ByteArrayInputStream(url.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
