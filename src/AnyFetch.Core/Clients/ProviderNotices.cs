using System.Globalization;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Queue;

namespace AnyFetch.Core.Clients;

/// <summary>
/// What providers are still to be told: that an account is gone (provider-protocol §6). Kept in the work queue, so that
/// a provider that is away, or a server that stops, loses nothing. A job holds ids only; the secret is derived from
/// them when the provider is called.
/// </summary>
public sealed class ProviderNotices(IWorkQueue queue, TimeProvider timeProvider)
{
    /// <summary>The queue of notices.</summary>
    public const string Queue = "provider-notices";

    /// <summary>
    /// Notes that the providers behind these tokens are to be told of their end. Call it before the tokens are removed:
    /// a notice waits until its token is gone, and is dropped when that never happens.
    /// </summary>
    /// <exception cref="ArgumentException">A token belongs to no application.</exception>
    public async ValueTask AddAsync(IReadOnlyCollection<AccessToken> tokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var now = timeProvider.GetUtcNow().ToUnixTimeSeconds();
        var jobs = tokens.Select(token => new NewJob(
            new JobKey(Queue, token.Company, token.Id.ToString()),
            token.Client is { } client
                ? string.Create(CultureInfo.InvariantCulture, $$"""{"client":"{{client}}","since":{{now}}}""")
                : throw new ArgumentException("A token belongs to no application.", nameof(tokens)))).ToList();
        if (jobs.Count > 0)
        {
            await queue.AddAsync(jobs, cancellationToken).ConfigureAwait(false);
        }
    }
}
