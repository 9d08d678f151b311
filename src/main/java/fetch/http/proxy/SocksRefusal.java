package fetch.http.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown if a SOCKS5 proxy opened no connection. */
final class SocksRefusal extends IOException {
  private static final long serialVersionUID = 1;

  private final SocksFailure failure;

  SocksRefusal(SocksFailure failure, @Nullable IOException cause) {
    super("SOCKS: the proxy " + failure.what(), cause);
    this.failure = failure;
  }

  SocksFailure failure() {
    return failure;
  }
}
