package fetch.http.settings;

import fetch.HostName;
import fetch.http.settings.NetrcWords.Word;
import fetch.http.settings.RequestSettings.Credentials;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The users and passwords of a netrc file, each for one host. Parsed as curl does: the first entry
 * that matches counts, {@code default} matches every host, and unknown words are ignored.
 * Immutable.
 */
public final class Netrc {
  private static final int MOST_BYTES = 128 * 1024;
  private static final Pattern COMMENT = Pattern.compile("(?m)^[ \\t]*#.*\\R?");

  /**
   * An entry.
   *
   * @param machine in lower case, null for every host
   */
  private record Entry(
      @Nullable String machine, @Nullable String login, @Nullable String password) {
    Entry withLogin(@Nullable Word word) {
      return word == null ? this : new Entry(machine, word.text(), password);
    }

    Entry withPassword(@Nullable Word word) {
      return word == null ? this : new Entry(machine, login, word.text());
    }

    boolean isFor(String host) {
      return machine == null || machine.equals(host);
    }

    /** Whether the entry adds something for a user; an empty user matches any. */
    boolean helps(String user) {
      if (user.isEmpty()) {
        return login != null || password != null;
      }
      return password != null && (login == null || login.equals(user));
    }
  }

  private final List<Entry> entries;
  private final boolean overUrls;

  private Netrc(List<Entry> entries, boolean overUrls) {
    this.entries = entries;
    this.overUrls = overUrls;
  }

  /**
   * Parses the text of a netrc file.
   *
   * @param overUrls whether its passwords take precedence over those in URLs
   * @throws IllegalArgumentException if a quote is unclosed, or a word is too long
   */
  public static Netrc parse(String text, boolean overUrls) {
    NetrcWords words = new NetrcWords(COMMENT.matcher(text).replaceAll(""));
    List<Entry> entries = new ArrayList<>();
    @Nullable Entry entry = null;
    for (Word word = words.next(); word != null; word = words.next()) {
      if (word.is("machine")) {
        add(entry, entries);
        Word name = words.next();
        entry = name == null ? null : new Entry(host(name.text()), null, null);
      } else if (word.is("default")) {
        add(entry, entries);
        entry = new Entry(null, null, null);
      } else if (word.is("macdef")) {
        add(entry, entries);
        entry = null;
        words.skipMacro();
      } else if (word.is("login")) {
        Word login = words.next();
        entry = entry == null ? null : entry.withLogin(login);
      } else if (word.is("password")) {
        Word password = words.next();
        entry = entry == null ? null : entry.withPassword(password);
      } else if (word.is("account")) {
        words.next();
      }
    }
    add(entry, entries);
    return new Netrc(List.copyOf(entries), overUrls);
  }

  private static void add(@Nullable Entry entry, List<Entry> entries) {
    if (entry != null) {
      entries.add(entry);
    }
  }

  /**
   * Reads a file. Throws a {@link FileSystemException} with the file and the reason if it is
   * unusable.
   *
   * @param overUrls whether its passwords take precedence over those in URLs
   */
  public static Netrc read(Path file, boolean overUrls) throws IOException {
    if (Files.isDirectory(file)) {
      throw ClientIdentity.complaint(file, "is a directory");
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length > MOST_BYTES) {
      throw ClientIdentity.complaint(file, "is larger than 128 KiB");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(text, overUrls);
    } catch (CharacterCodingException e) {
      throw ClientIdentity.complaint(file, "is not UTF-8");
    } catch (IllegalArgumentException e) {
      throw ClientIdentity.complaint(file, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The user and password for a host, null for none.
   *
   * @param inUrl those of the URL itself, null for none
   */
  public @Nullable Credentials credentials(String host, @Nullable Credentials inUrl) {
    if (inUrl != null && !overUrls && !inUrl.user().isEmpty() && !inUrl.password().isEmpty()) {
      return inUrl;
    }
    String user = inUrl == null ? "" : inUrl.user();
    String name = host(host);
    for (Entry entry : entries) {
      if (entry.isFor(name) && entry.helps(user)) {
        return new Credentials(
            user.isEmpty() && entry.login() != null ? entry.login() : user,
            entry.password() == null ? "" : entry.password());
      }
    }
    return inUrl;
  }

  /** Returns a copy without the default entry. */
  public Netrc withoutDefault() {
    List<Entry> named = entries.stream().filter(entry -> entry.machine() != null).toList();
    return new Netrc(named, overUrls);
  }

  private static String host(String name) {
    String host = name.toLowerCase(Locale.ROOT);
    String undotted = HostName.withoutDot(host);
    return undotted.startsWith("[") && undotted.endsWith("]")
        ? undotted.substring(1, undotted.length() - 1)
        : undotted;
  }

  /** Omits the passwords. */
  @Override
  public String toString() {
    return "Netrc";
  }
}
