package fetch.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Installs the native code of libraries: this platform's into the runtime's own directory, where
 * the JVM looks first, so that no run unpacks it to a temporary file. Code for other platforms is
 * left out.
 */
record NativeLibraries(Path directory) {
  static boolean isNative(String entry) {
    return entry.endsWith(".so")
        || entry.endsWith(".dylib")
        || entry.endsWith(".jnilib")
        || entry.endsWith(".dll");
  }

  /**
   * The entry's name is as in zstd-jni, {@code linux/amd64/libzstd-jni-1.5.7-9.so}, or as in
   * Conscrypt and Netty, {@code META-INF/native/libconscrypt_openjdk_jni-linux-x86_64.so} and
   * {@code META-INF/native/libnetty_tcnative_linux_x86_64.so}.
   */
  void install(String entry, byte[] content) throws IOException {
    String file = entry.substring(entry.lastIndexOf('/') + 1);
    String name = file.substring(0, file.lastIndexOf('.'));
    if (entry.startsWith(system("win", "darwin") + "/" + System.getProperty("os.arch") + "/")) {
      Files.write(directory.resolve(System.mapLibraryName(name)), content);
    } else if (name.matches(".*[-_]" + system("windows", "osx") + "[-_]" + processor())) {
      Files.write(directory.resolve(file), content);
    }
  }

  private static String system(String windows, String mac) {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.startsWith("win") ? windows : name.startsWith("mac") ? mac : name;
  }

  private static String processor() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "aarch_64";
      case String other -> other;
    };
  }
}
