package fetch.http.dns;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the system's hosts file, such as /etc/hosts, once, when the first name is looked up. */
final class HostsFile {
  private final Path path;
  private final Map<String, List<InetAddress>> addresses = new HashMap<>();
  private boolean read;

  HostsFile(Path path) {
    this.path = path;
  }

  static HostsFile ofSystem() {
    boolean windows = File.separatorChar == '\\';
    return new HostsFile(
        Path.of(windows ? "C:\\Windows\\System32\\drivers\\etc\\hosts" : "/etc/hosts"));
  }

  /** The addresses of a name in lower case, in the order of the file; empty if it is not there. */
  synchronized List<InetAddress> addresses(String name) {
    if (!read) {
      read = true;
      read();
    }
    return addresses.getOrDefault(name, List.of());
  }

  /** An unreadable file counts as empty. */
  private void read() {
    try {
      Files.readString(path, StandardCharsets.ISO_8859_1).lines().forEach(this::readLine);
    } catch (IOException e) {
      addresses.clear();
    }
  }

  private void readLine(String line) {
    int comment = line.indexOf('#');
    String[] words = (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+", -1);
    try {
      InetAddress address = InetAddress.ofLiteral(words[0]);
      for (int i = 1; i < words.length; i++) {
        addresses
            .computeIfAbsent(words[i].toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
            .add(address);
      }
    } catch (IllegalArgumentException e) {
      // Not an address; other lines may be good.
    }
  }
}
