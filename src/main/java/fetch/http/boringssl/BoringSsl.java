package fetch.http.boringssl;

import io.netty.internal.tcnative.Library;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Loads the native code of BoringSSL, from netty-tcnative, when it is first needed. */
@SuppressWarnings("restricted") // loading native code is the purpose
public final class BoringSsl {
  private static final boolean AVAILABLE = load();

  private BoringSsl() {}

  /** Whether there is native code for this platform. */
  public static boolean isAvailable() {
    return AVAILABLE;
  }

  private static boolean load() {
    try {
      String name = prefix() + "netty_tcnative_" + system() + "_" + processor();
      try {
        System.loadLibrary(name); // a distribution has the library in its runtime
      } catch (UnsatisfiedLinkError e) {
        loadFromClassPath(
            system().equals("osx") ? "lib" + name + ".jnilib" : System.mapLibraryName(name));
      }
      return Library.initialize();
    } catch (Exception | LinkageError e) {
      return false;
    }
  }

  /**
   * The prefix of the library's name, for a jar with netty-tcnative relocated to another package:
   * {@code a_b_} for {@code a.b.io.netty.internal.tcnative}, else empty. The native code derives
   * the package from that name.
   */
  private static String prefix() {
    String[] parts = Library.class.getPackageName().split("\\.", -1);
    return Arrays.stream(parts, 0, parts.length - 4)
        .map(part -> part + "_")
        .collect(Collectors.joining());
  }

  private static void loadFromClassPath(String file) throws IOException {
    Path folder = Files.createTempDirectory("fetch");
    Path copy = folder.resolve(file);
    try (InputStream in = BoringSsl.class.getResourceAsStream("/META-INF/native/" + file)) {
      if (in == null) {
        throw new UnsatisfiedLinkError(file + " is missing");
      }
      Files.copy(in, copy);
      System.load(copy.toString());
    } finally {
      delete(copy);
      delete(folder);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit(); // Windows cannot delete the file of a loaded library
    }
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("win") ? "windows" : name.startsWith("mac") ? "osx" : name;
  }

  private static String processor() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "aarch_64";
      case String other -> other;
    };
  }
}
