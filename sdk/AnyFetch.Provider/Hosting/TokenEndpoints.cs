using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Provider.Store;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Provider.Hosting;

/// <summary>Accounts made, removed and reset by their token (provider-protocol, sections 1 and 3).</summary>
internal static class TokenEndpoints
{
    public static async Task<IResult> CreateAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        if (!IsAdministrator(call))
        {
            return Reply.Error(403, "Forbidden", "Making accounts without OAuth needs the administrator's secret.");
        }

        // The administrator's secret is the bearer here: the account's token must be a parameter of its own.
        if (call.Parameters["access_token"] is not { } token || token == call.Runtime.Options.AdministratorSecret)
        {
            return Reply.Missing("access_token");
        }

        if (!TryParseData(call.Parameters["data"], out var data))
        {
            return Reply.Invalid("data must be a JSON object.");
        }

        var now = call.Runtime.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var name = call.Parameters["account_name"] ?? "account";
        var id = await call.Runtime.Store.Accounts.InsertAsync(
            token, name, data, call.Parameters["cursor"], now, cancellationToken);
        if (id is null)
        {
            return Reply.Invalid("An account with this access_token exists.");
        }

        var account = await call.Runtime.Store.Accounts.FindAsync(id.Value, cancellationToken);
        call.Runtime.Watchers.Start(account!);
        return Results.NoContent();
    }

    public static Task<IResult> DeleteAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            async account =>
            {
                var runtime = call.Runtime;
                await runtime.Watchers.StopAsync(account.Id);
                var last = await runtime.Store.Accounts.FindAsync(account.Id, CancellationToken.None) ?? account;
                await runtime.Scheduler.StopAndAsync(
                    account.Id,
                    () => runtime.Store.Accounts.DeleteAsync(account.Id, CancellationToken.None),
                    CancellationToken.None);
                runtime.Scheduler.InBackground(account.Id, stops => LeaveAsync(runtime, last, stops));
                return Results.NoContent();
            },
            cancellationToken);

    public static Task<IResult> ResetAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.WithAccountAsync(
            async account =>
            {
                // The run goes first, so that it cannot write its cursor back afterwards.
                await call.Runtime.Scheduler.StopAndAsync(
                    account.Id,
                    () => call.Runtime.Store.Accounts.ResetAsync(account.Id, CancellationToken.None),
                    CancellationToken.None);
                return Results.NoContent();
            },
            cancellationToken);

    public static Task<IResult> ResetOldPathAsync(ProviderCall call, CancellationToken cancellationToken) =>
        call.Runtime.Options.OldPaths
            ? ResetAsync(call, cancellationToken)
            : Task.FromResult(Reply.Error(404, "ResourceNotFound", "Use DELETE /token/reset."));

    // The source is asked to be silent before it forgets who asks.
    private static async Task LeaveAsync(ProviderRuntime runtime, AccountRow account, CancellationToken cancellationToken)
    {
        await runtime.Subscriptions.EndAsync(account, cancellationToken);
        try
        {
            if (runtime.Provider is IConnector connector)
            {
                await connector.RevokeAsync(account.Data, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            runtime.Log.RevokeFailed(account.Id, failure.GetType().Name);
        }
    }

    private static bool IsAdministrator(ProviderCall call)
    {
        var expected = call.Runtime.Options.AdministratorSecret;
        var header = call.Http.Request.Headers.Authorization.ToString();
        const string Scheme = "Bearer ";
        return !string.IsNullOrEmpty(expected)
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())),
                SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
    }

    private static bool TryParseData(string? text, out JsonObject data)
    {
        data = [];
        if (text is null)
        {
            return true;
        }

        try
        {
            data = JsonNode.Parse(text) as JsonObject ?? data;
            return data.Count > 0 || text.Trim().StartsWith('{');
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
