namespace AnyFetch.Provider;

/// <summary>
/// The webhook contract: checks a notice of the source at <c>/webhook</c> and says whose it is. A notice only starts an
/// incremental run, debounced by <see cref="AnyFetchProviderOptions.DebounceSeconds"/>: it carries no data that is trusted.
/// </summary>
public interface IWebhook
{
    /// <summary>Answers one call of the source.</summary>
    /// <param name="call">What was sent; the body is at most <see cref="AnyFetchProviderOptions.RequestBodyBytesMax"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, and whose accounts changed.</returns>
    Task<WebhookReply> ReceiveAsync(WebhookCall call, CancellationToken cancellationToken);
}

/// <summary>A call of the source at <c>/webhook</c>.</summary>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="Query">The query's parameters; of a repeated one, the first.</param>
/// <param name="Headers">The headers by name, whatever its case.</param>
/// <param name="Body">The body as it was sent, for signatures.</param>
public sealed record WebhookCall(
    string Method,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body);

/// <summary>What a source hears, and whose accounts it spoke of.</summary>
/// <param name="Status">The HTTP status of the answer.</param>
public sealed record WebhookReply(int Status)
{
    /// <summary>Plain text to answer with, for sources that send a challenge; or null.</summary>
    public string? Text { get; init; }

    /// <summary>The HTTP status of the answer when no account is concerned; null (default) answers <see cref="Status"/> then too.</summary>
    public int? StatusForNobody { get; init; }

    /// <summary>Chooses the accounts that changed, usually by a member of their service data. Default: none.</summary>
    public Func<SourceAccount, bool> Concerns { get; init; } = _ => false;
}
