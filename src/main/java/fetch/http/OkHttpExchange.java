package fetch.http;

import fetch.Attempt;
import fetch.Clock;
import fetch.FailureKind;
import fetch.FetchRequest;
import fetch.http.call.CurrentCall;
import fetch.http.call.SpeedWatch;
import fetch.http.connection.Clients;
import fetch.http.connection.DescriptorPool;
import fetch.http.connection.Dialer;
import fetch.http.connection.DohClient;
import fetch.http.dns.AttemptDns;
import fetch.http.dns.NameService;
import fetch.http.dns.NameServices;
import fetch.http.dns.Resolver;
import fetch.http.reception.BodyBuffers;
import fetch.http.reception.RecordedCalls;
import fetch.http.settings.NameServers;
import fetch.http.settings.SpeedLimit;
import fetch.http.wire.Bandwidth;
import fetch.warc.ExchangeRecorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Interceptor;
import okhttp3.OkHttp;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Makes exchanges through OkHttp. */
public final class OkHttpExchange implements Exchange {
  private final Set<Transfer> active;
  private final Resolver resolver;
  private final Context context;
  private final @Nullable Bandwidth bandwidth;
  private final AtomicReference<@Nullable FailureKind> cancelled;

  /** The name and version of the HTTP library. */
  public static String library() {
    return "OkHttp " + OkHttp.VERSION;
  }

  /**
   * @param workers how many exchanges run at once
   * @param descriptors how many sockets and look-ups may exist at once
   * @param names looks up host names
   * @param collaborators everything else that exchanges use
   */
  public OkHttpExchange(
      ExchangeSettings settings,
      int workers,
      DescriptorPool descriptors,
      NameService names,
      Clock clock,
      Collaborators collaborators) {
    this.active = ConcurrentHashMap.newKeySet();
    this.cancelled = new AtomicReference<>();
    this.resolver =
        new Resolver(names(settings, names), descriptors.descriptors().lookups(), clock);
    this.bandwidth = bandwidth(settings, clock);
    CurrentCall current = new CurrentCall();
    List<Interceptor> watchers = new ArrayList<>();
    SpeedLimit speedLimit = settings.limits().speedLimit();
    if (speedLimit != null) {
      watchers.add(new SpeedWatch(speedLimit));
    }
    boolean archived = collaborators.archive() != null;
    if (archived) {
      watchers.add(new RecordedCalls());
    }
    this.context =
        new Context(
            new Requests(settings.request()),
            new Clients(
                settings.network(),
                Dialer.direct(
                    new AttemptDns(resolver, settings.network(), current),
                    settings.network().routes(),
                    bandwidth),
                current,
                watchers,
                workers,
                descriptors,
                archived),
            current,
            new BodyBuffers(),
            settings,
            clock,
            collaborators);
  }

  private OkHttpExchange(OkHttpExchange other, Collaborators collaborators) {
    this.active = other.active;
    this.cancelled = other.cancelled;
    this.resolver = other.resolver;
    this.bandwidth = other.bandwidth;
    this.context = other.context.with(collaborators);
  }

  /** The name service. For the operating system's service, no class of our own DNS is loaded. */
  private static NameService names(ExchangeSettings settings, NameService usual) {
    NameServers others = settings.network().routes().nameServers();
    return others == null
        ? usual
        : NameServices.of(
            others, settings.network().family(), () -> DohClient.of(settings.network().tls()));
  }

  private static @Nullable Bandwidth bandwidth(ExchangeSettings settings, Clock clock) {
    long bytesPerSecond = settings.limits().bytesPerSecond();
    return bytesPerSecond == 0 ? null : new Bandwidth(bytesPerSecond, clock);
  }

  @Override
  public Attempt execute(FetchRequest request) {
    Transfer transfer = begin(request);
    try {
      Call call = transfer.first();
      while (call != null) {
        call = execute(transfer, call);
      }
      return end(transfer);
    } catch (RuntimeException | Error bug) {
      abandon(transfer);
      throw bug;
    }
  }

  private static @Nullable Call execute(Transfer transfer, Call call) {
    Response response;
    try {
      response = call.execute();
    } catch (IOException e) {
      return transfer.next(e);
    }
    try (response) {
      return next(transfer, response);
    }
  }

  /** After a bug, drops the connection before the response is closed; closing would read on. */
  private static @Nullable Call next(Transfer transfer, Response response) {
    try {
      return transfer.next(response);
    } catch (RuntimeException | Error bug) {
      transfer.drop();
      throw bug;
    }
  }

  @Override
  public void enqueue(FetchRequest request, Completion completion) {
    Transfer transfer = begin(request);
    proceed(transfer, transfer::first, completion);
  }

  /** Makes the next call of the transfer, unless there is none. */
  private void proceed(
      Transfer transfer, Supplier<@Nullable Call> following, Completion completion) {
    Attempt attempt = null;
    try {
      Call call = following.get();
      if (call == null) {
        attempt = end(transfer);
      } else {
        call.enqueue(new Continuation(transfer, completion));
      }
    } catch (RuntimeException | Error bug) {
      abandon(transfer);
      completion.threw(bug);
      return;
    }
    if (attempt != null) {
      completion.attempted(attempt);
    }
  }

  /** Continues a transfer after an enqueued call. */
  private final class Continuation implements Callback {
    private final Transfer transfer;
    private final Completion completion;

    Continuation(Transfer transfer, Completion completion) {
      this.transfer = transfer;
      this.completion = completion;
    }

    /** Also called if OkHttp throws something else: the exception then has that as suppressed. */
    @Override
    public void onFailure(Call call, IOException e) {
      Throwable bug = bugBehind(e);
      if (bug == null) {
        proceed(transfer, () -> transfer.next(e), completion);
      } else {
        abandon(transfer);
        completion.threw(bug);
      }
    }

    @Override
    public void onResponse(Call call, Response response) {
      proceed(
          transfer,
          () -> {
            try (response) {
              return next(transfer, response);
            }
          },
          completion);
    }
  }

  /** The exception that OkHttp's own call threw, if it is no I/O failure; null if there is none. */
  private static @Nullable Throwable bugBehind(IOException failure) {
    for (Throwable suppressed : failure.getSuppressed()) {
      if (suppressed instanceof RuntimeException || suppressed instanceof Error) {
        return suppressed;
      }
    }
    return null;
  }

  private void abandon(Transfer transfer) {
    active.remove(transfer);
    transfer.abandon();
  }

  private Transfer begin(FetchRequest request) {
    Transfer transfer = new Transfer(request, context);
    active.add(transfer);
    FailureKind reason = cancelled.get();
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
    cancelled.set(reason);
    active.forEach(transfer -> transfer.cancel(reason));
  }

  /** Works only if this exchange has a recorder: otherwise its connections are not recorded. */
  @Override
  public Exchange with(ExchangeRecorder recorder) {
    return new OkHttpExchange(this, context.collaborators().with(recorder));
  }

  @Override
  public long lookupNanos() {
    return resolver.waitedNanos();
  }

  @Override
  public long pacedNanos() {
    return bandwidth == null ? 0 : bandwidth.waitedNanos();
  }

  @Override
  public void close() {
    context.clients().close();
    resolver.close();
  }
}
