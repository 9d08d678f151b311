package fetch.http.boringssl;

import fetch.http.settings.TlsCipher;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an engine that do not depend on the connection: a client with fixed cipher suites
 * and versions. Setting others has no effect.
 */
abstract class ClientEngine extends SSLEngine {
  ClientEngine(String host, int port) {
    super(host, port);
  }

  @Override
  public @Nullable Runnable getDelegatedTask() {
    return null;
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return TlsCipher.names();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return TlsCipher.names();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {}

  @Override
  public String[] getSupportedProtocols() {
    return new String[] {"TLSv1.3", "TLSv1.2"};
  }

  @Override
  public String[] getEnabledProtocols() {
    return getSupportedProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {}

  @Override
  public boolean getUseClientMode() {
    return true;
  }

  @Override
  public void setUseClientMode(boolean client) {}

  @Override
  public boolean getNeedClientAuth() {
    return false;
  }

  @Override
  public void setNeedClientAuth(boolean need) {}

  @Override
  public boolean getWantClientAuth() {
    return false;
  }

  @Override
  public void setWantClientAuth(boolean want) {}

  @Override
  public boolean getEnableSessionCreation() {
    return true;
  }

  @Override
  public void setEnableSessionCreation(boolean enabled) {}
}
