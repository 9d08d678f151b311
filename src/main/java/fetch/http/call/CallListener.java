package fetch.http.call;

import java.net.InetSocketAddress;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Receives from {@link CallEvents} how a call goes. All methods run on the thread of the call. */
public interface CallListener {
  /** A call begins. */
  void began(HttpUrl url);

  /** A call has ended, successfully or not. */
  void ended(HttpUrl url);

  /**
   * A call has a connection.
   *
   * @param isNew whether the call made it instead of using an idle one
   */
  void acquired(Connection connection, boolean isNew);

  /** The server that a connection leads to; unresolved if a proxy knows its address. */
  InetSocketAddress peer(Connection connection);

  /** The header section of a final response has been read, and nothing after it. */
  void headEnded(Response response);

  /** No more of the body will be read. */
  void bodyEnded();

  /** A call failed on a connection. */
  void failed(Call call, Connection connection);
}
