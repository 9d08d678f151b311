package fetch.cli.options;

import fetch.http.settings.CredentialScope;
import fetch.http.settings.Netrc;
import fetch.http.settings.RequestSettings.Credentials;
import fetch.http.settings.RequestSettings.Secrets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Options for users, passwords and tokens, and for the hosts that receive them. */
public final class CredentialOptions implements OptionGroup {
  private static final String NETRC_VARIABLE = "NETRC";

  private final OptionSpec user =
      OptionGroup.option("USER:PASSWORD", "Log in with Basic authentication.", "-u", "--user")
          .build();
  private final OptionSpec bearer =
      OptionGroup.option(
              "TOKEN", "Send this token as Bearer authentication (OAuth 2).", "--oauth2-bearer")
          .converters(Converters.of(Converters::headerValue))
          .build();
  private final OptionSpec netrc =
      OptionGroup.flag(
          "Look up user and password of each host in ~/.netrc, or the file that NETRC names.",
          "-n",
          "--netrc");
  private final OptionSpec netrcFile =
      OptionGroup.option("FILE", "Use this file instead of ~/.netrc.", "--netrc-file")
          .type(Path.class)
          .converters(Converters.of(Converters::path))
          .build();
  private final OptionSpec netrcOptional =
      OptionGroup.flag(
          "Like --netrc, but the file may be missing, and a password in the URL wins.",
          "--netrc-optional");
  private final OptionSpec credentialsFor =
      OptionGroup.option(
              "HOST[,HOST...]|all",
              "Send --user, --oauth2-bearer, --cookie, --cert, and Authorization and Cookie headers"
                  + " to these hosts only. A host is HOST, HOST:PORT, *.DOMAIN or https://HOST."
                  + " Required with a list. Default: the hosts of the URLs on the command line.",
              "--credentials-for")
          .type(CredentialScope.class)
          .converters(Converters.of(CredentialScope::parse))
          .build();

  @Override
  public String heading() {
    return "Credentials";
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(user, bearer, netrc, netrcFile, netrcOptional, credentialsFor);
  }

  /** The value of {@code --credentials-for}, null when it is not given. */
  public @Nullable CredentialScope credentialsFor() {
    return credentialsFor.getValue();
  }

  /** The given options that contain credentials and do not name hosts. */
  public List<String> given() {
    List<String> given = new ArrayList<>();
    for (OptionSpec option : List.of(user, bearer)) {
      if (option.getValue() != null) {
        given.add(option.longestName());
      }
    }
    return given;
  }

  /**
   * The secrets, which only some hosts receive; reads the netrc file.
   *
   * @param cookies the value of the Cookie header, null for none
   * @param scope which hosts receive the cookies, the user and the token
   */
  public Secrets secrets(
      @Nullable String cookies, CredentialScope scope, Map<String, String> environment)
      throws UsageException {
    String login = user.getValue();
    return new Secrets(
        login == null ? null : Credentials.parse(login),
        bearer.getValue(),
        cookies,
        scope,
        netrc(environment),
        Secrets.NONE.hosts());
  }

  private @Nullable Netrc netrc(Map<String, String> environment) throws UsageException {
    Path file = netrcFile(environment);
    if (file == null) {
      return null;
    }
    boolean optional = netrcOptional.getValue();
    try {
      return Netrc.read(file, !optional);
    } catch (NoSuchFileException e) {
      if (optional) {
        return null;
      }
      throw complaint(e);
    } catch (IOException e) {
      throw complaint(e);
    }
  }

  private UsageException complaint(IOException e) {
    String option = netrcFile.getValue() == null ? "--netrc" : "--netrc-file";
    return new UsageException(option + ": " + IoMessages.of(e));
  }

  /** The netrc file, which may be missing; null to read none. */
  public @Nullable Path netrcFile(Map<String, String> environment) throws UsageException {
    Path named = netrcFile.getValue();
    boolean optional = netrcOptional.getValue();
    boolean wanted = netrc.getValue();
    if (named != null || (!optional && !wanted)) {
      return named;
    }
    String variable = environment.getOrDefault(NETRC_VARIABLE, "");
    if (!variable.isEmpty()) {
      return Path.of(variable);
    }
    String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
    if (!home.isEmpty()) {
      return inHome(Path.of(home));
    }
    if (optional) {
      return null;
    }
    throw new UsageException("--netrc: HOME is not set; --netrc-file=FILE names the file");
  }

  /** Windows also has an older name. */
  private static Path inHome(Path home) {
    Path usual = home.resolve(".netrc");
    Path older = home.resolve("_netrc");
    boolean windows = File.separatorChar == '\\';
    return windows && !Files.exists(usual) && Files.exists(older) ? older : usual;
  }
}
