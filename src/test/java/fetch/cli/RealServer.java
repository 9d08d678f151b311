package fetch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fetch.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import okhttp3.tls.HeldCertificate;

/** An nginx or Apache of this machine, which speaks HTTP/2 over TLS and answers 410 to all. */
final class RealServer implements AutoCloseable {
  private static final Path MODULES = Path.of("/usr/lib/apache2/modules");

  /** Programs that a test may want; it is skipped where they are not there. */
  enum Kind {
    NGINX("/usr/sbin/nginx", "HUP", "QUIT") {
      @Override
      String configuration(Path directory, int port, int most) {
        return """
        user root;
        worker_processes 2;
        daemon off;
        pid %1$s/pid;
        error_log %1$s/error.log;
        events { worker_connections 4096; }
        http {
          log_format path '$uri';
          access_log %1$s/access.log path;
          server {
            listen 127.0.0.1:%2$d ssl http2;
            ssl_certificate %1$s/certificate;
            ssl_certificate_key %1$s/key;
            keepalive_requests %3$d;
            location / { return 410 "gone"; }
          }
        }
        """
            .formatted(directory, port, most);
      }

      @Override
      String[] command(Path directory) {
        return new String[] {program(), "-p", directory + "/", "-c", directory + "/conf"};
      }
    },
    APACHE("/usr/sbin/apache2", "USR1", "TERM") {
      @Override
      String configuration(Path directory, int port, int most) {
        return """
        ServerRoot %1$s
        LoadModule mpm_event_module %4$s/mod_mpm_event.so
        LoadModule authz_core_module %4$s/mod_authz_core.so
        LoadModule alias_module %4$s/mod_alias.so
        LoadModule ssl_module %4$s/mod_ssl.so
        LoadModule http2_module %4$s/mod_http2.so
        ServerName 127.0.0.1
        User #65534
        Group #65534
        PidFile %1$s/pid
        ErrorLog %1$s/error.log
        LogFormat "%%U" path
        CustomLog %1$s/access.log path
        Listen 127.0.0.1:%2$d
        Protocols h2
        SSLEngine on
        SSLCertificateFile %1$s/certificate
        SSLCertificateKeyFile %1$s/key
        MaxKeepAliveRequests %3$d
        Redirect 410 /
        """
            .formatted(directory, port, most, MODULES);
      }

      @Override
      String[] command(Path directory) {
        return new String[] {program(), "-DFOREGROUND", "-f", directory + "/conf"};
      }
    };

    private final String program;
    private final String reload;
    private final String stop;

    Kind(String program, String reload, String stop) {
      this.program = program;
      this.reload = reload;
      this.stop = stop;
    }

    String program() {
      return program;
    }

    abstract String configuration(Path directory, int port, int most);

    abstract String[] command(Path directory);

    private boolean isHere() {
      return Files.isExecutable(Path.of(program))
          && (this == NGINX || Files.exists(MODULES.resolve("mod_http2.so")));
    }
  }

  private final Kind kind;
  private final Path directory;
  private final int port;
  private final Process process;

  private RealServer(Kind kind, Path directory, int port, Process process) {
    this.kind = kind;
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a server.
   *
   * @param most how many requests it takes on a connection
   */
  static RealServer start(Kind kind, Path directory, int most) throws IOException {
    assumeTrue(kind.isHere(), () -> "there is no " + kind.program() + " with HTTP/2");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    int port = freePort();
    HeldCertificate own =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    Files.writeString(directory.resolve("certificate"), own.certificatePem());
    Files.writeString(directory.resolve("key"), own.privateKeyPkcs8Pem());
    Files.writeString(directory.resolve("conf"), kind.configuration(directory, port, most));
    Process process =
        new ProcessBuilder(kind.command(directory))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out").toFile())
            .start();
    RealServer server = new RealServer(kind, directory, port, process);
    Eventually.holds("the server listens", server::listens);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket any =
        ServerSocketFactory.getDefault()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  String url(int number) {
    return "https://127.0.0.1:" + port + "/" + number;
  }

  /** Has it start anew, while what was begun goes on. */
  void reload() throws IOException, InterruptedException {
    signal(kind.reload);
  }

  private void signal(String name) throws IOException, InterruptedException {
    String command = "kill -" + name + " " + process.pid();
    assertThat(new ProcessBuilder("sh", "-c", command).start().waitFor()).isZero();
  }

  /** How often each path was requested. */
  Map<String, Integer> log() throws IOException {
    Map<String, Integer> times = new TreeMap<>();
    Files.readAllLines(directory.resolve("access.log"))
        .forEach(path -> times.merge(path, 1, Integer::sum));
    return times;
  }

  /** Stops it, after which its log is complete. */
  void stop() throws IOException, InterruptedException {
    signal(kind.stop);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
