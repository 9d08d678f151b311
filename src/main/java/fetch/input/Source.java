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

/** A source of entries: a file, standard input, or a URL given as an argument. */
public sealed interface Source {
  /** The name in messages. */
  String name();

  /** The name of a line in messages. */
  default String place(long line) {
    return "line " + line + " of " + name();
  }

  /** Whether its end is near, so that the remaining entries can be counted. */
  boolean countable();

  /** Whether another list named it, and not the user. */
  default boolean isNamedByList() {
    return false;
  }

  /** A source as given; possible secrets are masked unless it is a file. */
  static String shown(String argument) {
    return argument.indexOf('@') >= 0 && !new File(argument).exists()
        ? Redaction.ofText(argument)
        : argument;
  }

  /**
   * Opens it for one reading; the caller closes the bytes.
   *
   * @param lists downloads lists at URLs
   */
  Opened open(ListFetcher lists) throws IOException;

  /**
   * A source that was opened.
   *
   * @param bytes perhaps compressed
   * @param url where the last redirect led, password masked; null if it is not at a URL
   * @param contentType as sent, null if absent
   */
  record Opened(InputStream bytes, @Nullable String url, @Nullable String contentType) {
    /** A file or stream of this machine. */
    static Opened of(InputStream bytes) {
      return new Opened(bytes, null, null);
    }
  }

  /**
   * A list at a URL.
   *
   * @param named whether a user named it, and not another list
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
