using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Users;
using AnyFetch.Manager.Codes;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Server.Http;
using AnyFetch.Server.Operator;
using AnyFetch.Server.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Directories;

/// <summary>
/// Connects a directory for the first administrator, as a person would in the browser: a code, the provider's setup
/// form, its callback (provider-protocol §2). Only the code is issued in process, where a person would consent.
/// </summary>
public sealed class DirectoryConnection : IDisposable
{
    /// <summary>A busy machine answers late; a request that takes longer is asked again.</summary>
    private const int TimeoutSeconds = 100;

    private readonly HttpClient _http;
    private readonly Uri _provider;
    private readonly string _secret;

    private DirectoryConnection(HttpClient http, Uri provider, string secret, bool isNew)
    {
        _http = http;
        _provider = provider;
        _secret = secret;
        IsNew = isNew;
    }

    /// <summary>False when the directory was connected by an earlier start.</summary>
    public bool IsNew { get; }

    /// <summary>The directory's path without links, as the provider names it; null when there is none.</summary>
    public static string? Resolve(string directory) => LocalDirectoryProvider.Resolve(Path.GetFullPath(directory));

    /// <summary>Connects the directory, or asks for an update when it is connected already.</summary>
    /// <exception cref="InvalidOperationException">The provider refused; the message says why.</exception>
    public static async Task<DirectoryConnection> EnsureAsync(
        WebApplication app,
        string directory,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.Services;
        var admin = await CommandLineAccess.FindFirstAdminAsync(services, cancellationToken).ConfigureAwait(false);
        var addresses = services.GetRequiredService<ListenAddresses>();
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        var http = new HttpClient(new StartingProviderHandler(sockets, TimeProvider.System))
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        };
        var provider = new Uri(BuiltInProvider.LocalDirectory.UrlOn(addresses.LocalUrl) + "/");
        var known = await FindTokenAsync(services, admin, directory, cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            var client = await services.GetRequiredService<IClientStore>()
                .FindAsync(BuiltInProvider.LocalDirectory.Id, cancellationToken).ConfigureAwait(false);
            var code = await services.GetRequiredService<AuthorizationCodeIssuer>()
                .IssueAsync(client!, admin.Id, cancellationToken).ConfigureAwait(false);
            await new ConnectionSequence(http, provider).RunAsync(code, directory, cancellationToken).ConfigureAwait(false);
        }

        var token = known ?? await FindTokenAsync(services, admin, directory, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The directory was connected but its account cannot be found.");
        var secret = await services.GetRequiredService<ClientTokenSecrets>().OfAsync(token.Id, cancellationToken)
            .ConfigureAwait(false);
        var connection = new DirectoryConnection(http, provider, secret, known is null);
        if (known is not null)
        {
            await connection.UpdateAsync(cancellationToken).ConfigureAwait(false);
        }

        return connection;
    }

    /// <summary>How far the provider is, and what it did since a moment; null while it starts or cannot tell.</summary>
    public async Task<DirectoryProgress?> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            var progress = await GetAsync("account", DirectoryJson.Default.DirectoryProgress, cancellationToken)
                .ConfigureAwait(false);
            var runs = await GetAsync("account/runs", DirectoryJson.Default.DirectoryRuns, cancellationToken)
                .ConfigureAwait(false);
            return progress is null || runs is null ? null : progress with { Runs = RunsSince(since, progress.Run, runs.Data) };
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await _http.GetAsync(
            new Uri(_provider, $"{path}?access_token={_secret}"), cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>Each run as far as either answer knows it: the history tells of a running one only that it began.</summary>
    private static List<DirectoryRun> RunsSince(
        DateTimeOffset since, DirectoryRun? current, IReadOnlyList<DirectoryRun> history) =>
    [
        .. history.Concat(current is null ? [] : [current])
            .Where(run => run.Started >= since)
            .GroupBy(run => run.Id)
            .Select(seen => seen.MaxBy(run => run.Seen + run.Sent + run.Deleted + run.Failed)!),
    ];

    private async Task UpdateAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([new("access_token", _secret)]);
        using var response = await _http.PostAsync(new Uri(_provider, "update"), form, cancellationToken)
            .ConfigureAwait(false);

        // Busy: an update is on its way without us. A dead connection is told by the account's state.
        if (!response.IsSuccessStatusCode
            && response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.PreconditionRequired))
        {
            throw new InvalidOperationException(
                $"The local directory provider answered {(int)response.StatusCode} when it was asked for an update.");
        }
    }

    private static async Task<AccessToken?> FindTokenAsync(
        IServiceProvider services,
        User user,
        string directory,
        CancellationToken cancellationToken)
    {
        var tokens = await services.GetRequiredService<IAccessTokenStore>().ListAsync(user.Id, cancellationToken)
            .ConfigureAwait(false);
        return tokens.FirstOrDefault(t => t.Client == BuiltInProvider.LocalDirectory.Id && t.AccountName == directory);
    }
}
