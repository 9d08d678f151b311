package fetch.http.connection;

/** Which connections a request may be sent on. */
public enum ConnectionChoice {
  ANY,

  /** A new one, which no other request shares. */
  OWN,

  /** Those that speak HTTP/1.1. */
  HTTP_1_1,

  /** Those on which HTTP/2 was offered. */
  OFFERED_HTTP_2
}
