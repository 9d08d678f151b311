/**
 * Holds all code that uses OkHttp's internals: classes of {@code okhttp3.internal}, and methods
 * whose names Kotlin generated. No other package may use them, which a test checks.
 *
 * <p>OkHttp promises nothing about these. The figures are of processor time, with OkHttp 5.5.1.
 *
 * <ul>
 *   <li>{@link fetch.http.okhttp.Shortcut} sends a request straight to its connection, past
 *       OkHttp's interceptors for redirects, retries, cookies and caching. It uses {@code
 *       RealCall.enterNetworkInterceptorExchange}, {@code RealInterceptorChain} and {@code
 *       ConnectInterceptor}. Saves 10% of a request. Without it: leave it out of {@code Clients},
 *       and let {@code ServerCall} be the last network interceptor.
 *   <li>{@link fetch.http.okhttp.KnownAddresses} remembers the {@code Address} of an origin, which
 *       OkHttp makes anew for each request. It puts a {@code RealRoutePlanner} of its own into the
 *       private field {@code RealCall.exchangeFinder}. Saves 5% of a request. Without it: have
 *       {@code Shortcut} pass true to {@code enterNetworkInterceptorExchange}.
 *   <li>{@link fetch.http.okhttp.HttpStream} writes a request and reads the response step by step,
 *       through {@code Exchange}. OkHttp's own code passes over interim responses without end, and
 *       does not tell which requests an HTTP/2 server acted on. Needed for correctness.
 *   <li>{@link fetch.http.okhttp.Connections} shows the buffer a connection is read from, closes
 *       connections to further calls, and says since when one is idle, through {@code
 *       RealConnection} and {@code newCodec}. The rules of HTTP/1.1 need it for correctness: bytes
 *       after a response are no part of the next one. Reading long bodies past the buffer saves 20%
 *       of a body of a megabyte.
 *   <li>{@link fetch.http.okhttp.IdleSweep} looks for idle connections five times a second, with a
 *       {@code TaskRunner} of its own. OkHttp does so after each request, which took 25% of a
 *       request with 64 connections. Without it: use the public constructor of {@code
 *       ConnectionPool}.
 *   <li>{@link fetch.http.okhttp.IdleConnections} bounds the idle connections of all pools, as a
 *       {@code ConnectionListener}. 100,000 https hosts took 1,640 MB without. Without it: give
 *       each pool a small fixed limit; 10,000 URLs in random order on 2,000 hosts then take 1.46
 *       times as long.
 *   <li>{@link fetch.http.okhttp.ConnectionTasks} runs OkHttp's tasks on virtual threads, with a
 *       {@code TaskRunner}. 2,000 idle connections of HTTP/2 took 180 MB without. Without it: leave
 *       out the task runner.
 *   <li>{@link fetch.http.okhttp.FailedRoutes} makes OkHttp forget failed routes, through {@code
 *       RouteDatabase}. The list of all bad hosts grows as long as the run without. Without it:
 *       check that OkHttp forgets them by itself.
 *   <li>{@link fetch.http.okhttp.HeaderCoding} has the tables of header compression, from {@code
 *       Hpack} and {@code Huffman}. Without it: write them down here.
 *   <li>{@link fetch.http.okhttp.StreamResets} reads the error code of a stream that was reset,
 *       from {@code StreamResetException}. Decides whether a request is sent again. Needed for
 *       correctness.
 * </ul>
 *
 * <p>When OkHttp changes: what is gone does not compile, and what behaves otherwise fails a test of
 * {@code AssumptionsTest}, whose message names the assumption.
 */
@NullMarked
package fetch.http.okhttp;

import org.jspecify.annotations.NullMarked;
