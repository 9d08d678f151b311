package fetch.http;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.Preconditions;
import fetch.RedirectRules;
import fetch.body.BodySink;
import fetch.warc.Archive;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttp;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes exchanges through OkHttp. */
public final class OkHttpExchange implements Exchange {
  private final Set<Transfer> active = ConcurrentHashMap.newKeySet();
  private final Resolver resolver;
  private final Context context;
  private volatile @Nullable FailureKind cancelled;

  /** The library that does the work, and its version. */
  public static String library() {
    return "OkHttp " + OkHttp.VERSION;
  }

  /** An exchange that may use whatever file descriptors this process has left. */
  public OkHttpExchange(
      RequestSettings settings,
      Limits limits,
      NetworkSettings network,
      int workers,
      NameService names,
      Clock clock) {
    this(settings, limits, network, workers, Descriptors.ofThisProcess(), names, clock);
  }

  /** An exchange whose bodies go nowhere, and whose redirects may lead anywhere. */
  public OkHttpExchange(
      RequestSettings settings,
      Limits limits,
      NetworkSettings network,
      int workers,
      Descriptors descriptors,
      NameService names,
      Clock clock) {
    this(settings, limits, network, workers, descriptors, names, clock, null, null, null, null);
  }

  /**
   * @param workers how many exchanges there will be at once
   * @param descriptors how many sockets and look-ups there may be at once
   * @param names looks up host names
   * @param bodies where bodies go, null for nowhere
   * @param preconditions what entries are asked for on, null for on none
   * @param archive where what goes over the wire is kept, null for nowhere
   * @param redirectRules what redirects have to obey, null when they may lead anywhere
   */
  public OkHttpExchange(
      RequestSettings settings,
      Limits limits,
      NetworkSettings network,
      int workers,
      Descriptors descriptors,
      NameService names,
      Clock clock,
      @Nullable BodySink bodies,
      @Nullable Preconditions preconditions,
      @Nullable Archive archive,
      @Nullable RedirectRules redirectRules) {
    this.resolver = new Resolver(names, descriptors.lookups(), clock);
    AttemptDns dns = new AttemptDns(resolver, network);
    this.context =
        new Context(
            new Requests(settings),
            new Clients(
                network, limits.speedLimit(), dns, workers, descriptors.sockets(), archive != null),
            dns,
            new Blocks(),
            settings,
            limits,
            network,
            clock,
            bodies,
            preconditions,
            archive,
            () -> redirectRules == null ? null : new RedirectCheck(redirectRules, this::execute));
  }

  @Override
  public Attempt execute(FetchRequest request) {
    Transfer transfer = begin(request);
    Call call = transfer.first();
    while (call != null) {
      call = execute(transfer, call);
    }
    return end(transfer);
  }

  private static @Nullable Call execute(Transfer transfer, Call call) {
    Response response;
    try {
      response = call.execute();
    } catch (IOException e) {
      return transfer.next(e);
    }
    try (response) {
      return transfer.next(response);
    }
  }

  @Override
  public void enqueue(FetchRequest request, Consumer<Attempt> whenDone) {
    Transfer transfer = begin(request);
    proceed(transfer, transfer.first(), whenDone);
  }

  private void proceed(Transfer transfer, @Nullable Call call, Consumer<Attempt> whenDone) {
    if (call == null) {
      whenDone.accept(end(transfer));
      return;
    }
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            proceed(transfer, transfer.next(e), whenDone);
          }

          @Override
          public void onResponse(Call answered, Response response) {
            Call next;
            try (response) {
              next = transfer.next(response);
            }
            proceed(transfer, next, whenDone);
          }
        });
  }

  private Transfer begin(FetchRequest request) {
    Transfer transfer = new Transfer(request, context);
    active.add(transfer);
    FailureKind reason = cancelled;
    if (reason != null) {
      transfer.cancel(reason);
    }
    return transfer;
  }

  private Attempt end(Transfer transfer) {
    active.remove(transfer);
    return transfer.attempt();
  }

  @Override
  public void cancelAll(FailureKind reason) {
    cancelled = reason;
    active.forEach(transfer -> transfer.cancel(reason));
  }

  @Override
  public void close() {
    context.clients().close();
    resolver.close();
  }
}
