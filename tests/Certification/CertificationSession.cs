using System.Net;

namespace AnyFetch.Certification;

/// <summary>One provider under certification: the platform that is played for it, and the account that was connected.</summary>
internal sealed class CertificationSession : IAsyncDisposable
{
    private int _codes;
    private TaskCompletionSource _held = new();

    private CertificationSession(CertificationOptions options, FakePlatform platform)
    {
        Options = options;
        Platform = platform;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = options.ProviderUrl,
            Timeout = TimeSpan.FromSeconds(options.StepSecondsMax),
        };
        Process = new ProviderProcess(options, Http);
    }

    public CertificationOptions Options { get; }

    public FakePlatform Platform { get; }

    public HttpClient Http { get; }

    public ProviderProcess Process { get; }

    /// <summary>The token of the connected account; empty before.</summary>
    public string Token { get; set; } = "";

    /// <summary>What the first run sent; empty before.</summary>
    public IReadOnlySet<string> Identifiers { get; set; } = new HashSet<string>();

    public static async Task<CertificationSession> StartAsync(
        CertificationOptions options, CancellationToken cancellationToken)
    {
        var slash = options.ProviderUrl.AbsoluteUri.TrimEnd('/') + "/";
        options = options with { ProviderUrl = new Uri(slash) };
        var session = new CertificationSession(options, await FakePlatform.StartAsync(url: options.ListenUrl));
        await session.Process.StartAsync(cancellationToken);
        return session;
    }

    /// <summary>A code that no connection used yet.</summary>
    public string NewCode() => $"certification-{++_codes}";

    /// <summary>Needs a connected account.</summary>
    public string Connected() =>
        Token.Length > 0 ? Token : throw new CheckSkippedException("No account could be connected.");

    /// <summary>Needs documents of a first run.</summary>
    public IReadOnlySet<string> Sent() =>
        Identifiers.Count > 0 ? Identifiers : throw new CheckSkippedException("The source has no item to send.");

    /// <summary>Connects an account as a browser would. Returns where it ends.</summary>
    public async Task<Uri> ConnectAsync(string query, CancellationToken cancellationToken)
    {
        using var walk = new ConsentWalk(Options, new Uri(Platform.Url));
        return await walk.ConnectAsync(query, cancellationToken);
    }

    public Task<HttpResponseMessage> UpdateAsync(
        string token, CancellationToken cancellationToken, params (string Name, string Value)[] more) =>
        Http.PostAsync(
            "update",
            new FormUrlEncodedContent(more.Append(("access_token", token)).Append(("documents_per_update", "10000"))
                .Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))),
            cancellationToken);

    public Task<HttpResponseMessage> ResetAsync(string token, CancellationToken cancellationToken) =>
        Http.DeleteAsync("token/reset?access_token=" + Uri.EscapeDataString(token), cancellationToken);

    /// <summary>Runs an account from update to report, and returns the identifiers that it sent.</summary>
    public async Task<IReadOnlySet<string>> RunAsync(string token, CancellationToken cancellationToken)
    {
        Platform.Calls.Clear();
        await Expect.WithinAsync(
            Options.StepSecondsMax,
            async () =>
            {
                using var reply = await UpdateAsync(token, cancellationToken);
                Expect.Status(
                    reply, HttpStatusCode.Accepted, HttpStatusCode.NoContent, HttpStatusCode.TooManyRequests);
                return reply.StatusCode == HttpStatusCode.Accepted;
            },
            "POST /update never starts a run.",
            cancellationToken);
        await ReportedAsync(token, cancellationToken);
        return Platform.SentIdentifiers(token).ToHashSet();
    }

    /// <summary>Waits until the account's run was reported.</summary>
    public Task ReportedAsync(string token, CancellationToken cancellationToken) => Expect.WithinAsync(
        Options.StepSecondsMax,
        () => Platform.Of("POST /track/provider-updated").Any(call => call.Token == token),
        "The run is never reported with POST /track/provider-updated.",
        cancellationToken);

    /// <summary>Lets documents wait for their answer until <see cref="Calm"/>.</summary>
    public void HoldDocuments()
    {
        var held = _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Platform.Delay = call =>
            call.Key == "POST /documents" ? held.Task.WaitAsync(call.Aborted) : Task.CompletedTask;
    }

    /// <summary>Makes the platform as it is usually.</summary>
    public void Calm()
    {
        _held.TrySetResult();
        Platform.Intercept = _ => null;
        Platform.Delay = _ => Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        Calm();
        await Process.DisposeAsync();
        Http.Dispose();
        await Platform.DisposeAsync();
    }
}
