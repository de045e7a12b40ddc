using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using AnyFetch.Cli.Profiles;
using AnyFetch.Server.Operator;

namespace AnyFetch.Cli.Commands;

/// <summary>
/// Calls the operator's endpoints. Whoever can read the data directory is the operator: the key stands there.
/// </summary>
internal sealed class OperatorClient : IDisposable
{
    private readonly HttpClient _http;

    private OperatorClient(ServerProfile profile, string key)
    {
        _http = new HttpClient { BaseAddress = new Uri(profile.Server), Timeout = TimeSpan.FromMinutes(1) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(OperatorKey.Scheme, key);
    }

    /// <summary>A client for the server of this profile.</summary>
    public static OperatorClient Create(ServerProfile profile)
    {
        var data = profile.Data ?? throw new CommandFailedException(
            ExitCode.Refused, "Administration is typed on the server's own machine; give its directory with --data.");
        return OperatorKey.TryRead(data) is { } key
            ? new OperatorClient(profile, key)
            : throw new CommandFailedException(
                ExitCode.Refused, $"{OperatorKey.PathIn(data)} cannot be read. Type this as the user who runs the server.");
    }

    /// <summary>The server's state, or null when it does not tell us.</summary>
    public static async Task<OperatorStatus?> TryGetStatusAsync(ServerProfile profile, CancellationToken cancellationToken)
    {
        if (profile.Data is null || OperatorKey.TryRead(profile.Data) is not { } key)
        {
            return null;
        }

        using var client = new OperatorClient(profile, key);
        try
        {
            return await client.GetAsync("operator/status", OperatorJson.Default.OperatorStatus, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (CommandFailedException)
        {
            return null;
        }
    }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
    }

    public async Task<T> PostAsync<TBody, T>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        using var content = JsonContent.Create(body, bodyType);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken)
            .ConfigureAwait(false);
        return await ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<T> ReadAsync<T>(
        HttpResponseMessage response,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new CommandFailedException(ExitCode.Failed, $"The server answered {(int)response.StatusCode}: {text}");
        }

        return (await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false))!;
    }
}
