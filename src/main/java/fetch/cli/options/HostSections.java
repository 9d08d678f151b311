package fetch.cli.options;

import fetch.HeaderLine;
import fetch.cli.settings.Section;
import fetch.cli.settings.Setting;
import fetch.engine.HostSettings;
import fetch.http.settings.ClientIdentity;
import fetch.http.settings.HostPattern;
import fetch.http.settings.RequestSettings.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The settings of hosts from sections of config files.
 *
 * @param sections later ones take precedence
 * @param names of all options
 */
public record HostSections(List<Section> sections, OptionNames names) {
  private static final Set<String> ALLOWED =
      Set.of(
          "--header",
          "--user",
          "--oauth2-bearer",
          "--cookie",
          "--cert",
          "--key",
          "--max-time",
          "--retry",
          "--per-host",
          "--per-host-rate");

  private static final String LIST =
      "header, user, oauth2-bearer, cookie, cert, key, max-time, retry, per-host and per-host-rate";

  private static final String AUTHORIZATION = "Authorization";
  private static final int MOST_RETRIES = 1000;

  /** The settings by host pattern, as {@link fetch.engine.Settings#withHosts} expects them. */
  public Map<String, HostSettings> settings() throws IOException {
    Map<String, HostSettings> hosts = new LinkedHashMap<>();
    for (Section section : sections) {
      String host = host(section);
      HostSettings before = hosts.getOrDefault(host, HostSettings.USUAL);
      hosts.put(host, settings(section).orElse(before));
    }
    return hosts;
  }

  /** The files of certificates and keys, once {@link #settings} has checked them. */
  public List<Path> files() throws UsageException {
    List<Path> files = new ArrayList<>();
    for (Section section : sections) {
      Path certificate = TlsOptions.certificateFile(last(section, "--cert"));
      String key = last(section, "--key");
      if (certificate != null) {
        files.add(certificate);
      }
      if (key != null) {
        files.add(Path.of(key));
      }
    }
    return files;
  }

  private static String host(Section section) throws UsageException {
    try {
      return HostPattern.ofHost(section.host());
    } catch (IllegalArgumentException e) {
      throw new UsageException(section.origin().place() + ": " + e.getMessage());
    }
  }

  /**
   * A user or token becomes an Authorization field, cookies a Cookie field; explicit headers win.
   */
  private HostSettings settings(Section section) throws IOException {
    HostSettings settings = HostSettings.USUAL;
    List<HeaderLine> credentials = new ArrayList<>();
    List<HeaderLine> headers = new ArrayList<>();
    List<String> cookies = new ArrayList<>();
    for (Setting setting : section.settings()) {
      String name = name(setting);
      try {
        String value = value(setting, name);
        switch (name) {
          case "--user" -> credentials.add(authorization(Credentials.parse(value).basic()));
          case "--oauth2-bearer" ->
              credentials.add(authorization("Bearer " + Converters.headerValue(value)));
          case "--cookie" -> cookies.add(cookie(value));
          case "--header" -> headers.addAll(new HeaderLines("--header").of(List.of(value)));
          case "--cert" -> TlsOptions.certificate(value);
          case "--key" -> Converters.path(value);
          default -> settings = limited(settings, name, value);
        }
      } catch (IllegalArgumentException e) {
        throw complaint(setting, name + ": " + e.getMessage());
      } catch (UsageException e) {
        throw complaint(setting, String.valueOf(e.getMessage()));
      }
    }
    if (!credentials.isEmpty()) {
      headers.addFirst(credentials.getLast());
    }
    if (!cookies.isEmpty()) {
      headers.addFirst(new HeaderLine("Cookie", String.join("; ", cookies)));
    }
    return withCertificate(section, withHeaders(settings, headers));
  }

  private String name(Setting setting) throws UsageException {
    OptionSpec option = names.find(setting.name());
    String name = option == null ? String.valueOf(setting.name()) : option.longestName();
    if (!ALLOWED.contains(name)) {
      throw complaint(setting, name + " cannot be set for a host; these can: " + LIST);
    }
    return name;
  }

  private static String value(Setting setting, String name) throws UsageException {
    String value = setting.value();
    if (value == null) {
      throw new UsageException("the option " + name + " needs a value");
    }
    return value;
  }

  private static HostSettings limited(HostSettings settings, String name, String value) {
    return switch (name) {
      case "--max-time" -> settings.withMaxTime(Converters.timeLimit(value));
      case "--retry" ->
          settings.withRetries(Math.toIntExact(Converters.number(value, 0, MOST_RETRIES)));
      case "--per-host" -> settings.withPerHost(Converters.count(value));
      case "--per-host-rate" -> settings.withRate(Converters.rate(value));
      default -> throw new IllegalStateException(name);
    };
  }

  private static HeaderLine authorization(String value) {
    return new HeaderLine(AUTHORIZATION, value);
  }

  private static String cookie(String value) {
    if (value.indexOf('=') < 0) {
      throw new IllegalArgumentException("it takes NAME=VALUE here; --cookie reads files");
    }
    return Converters.headerValue(value);
  }

  /** A repeated field is sent as often as given, except fields that have their own option. */
  private static HostSettings withHeaders(HostSettings settings, List<HeaderLine> headers) {
    HostSettings all = settings;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.get(i).name();
      boolean single = name.equalsIgnoreCase(AUTHORIZATION) || name.equalsIgnoreCase("Cookie");
      boolean replaced =
          single
              && headers.subList(i + 1, headers.size()).stream()
                  .anyMatch(line -> line.name().equalsIgnoreCase(name));
      all = replaced ? all : all.withHeader(name, headers.get(i).value());
    }
    return all;
  }

  private static HostSettings withCertificate(Section section, HostSettings settings)
      throws IOException {
    String key = last(section, "--key");
    try {
      ClientIdentity identity =
          TlsOptions.identity(last(section, "--cert"), key == null ? null : Path.of(key));
      return identity == null ? settings : settings.withIdentity(identity);
    } catch (UsageException e) {
      throw new UsageException(section.origin().place() + ": " + e.getMessage());
    }
  }

  private static @Nullable String last(Section section, String name) {
    String value = null;
    for (Setting setting : section.settings()) {
      String given = String.valueOf(setting.name());
      boolean same = given.equals(name) || (name.equals("--cert") && given.equals("-E"));
      value = same ? setting.value() : value;
    }
    return value;
  }

  private static UsageException complaint(Setting setting, String what) {
    return new UsageException(setting.origin().place() + ": " + what);
  }
}
