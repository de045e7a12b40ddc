using System.Globalization;
using AnyFetch.Provider.Running;
using AnyFetch.Provider.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AnyFetch.Provider.Hosting;

/// <summary><c>POST /update</c> and <c>POST /update/{identifier}</c> (provider-protocol, sections 4 and 5.5).</summary>
internal static class UpdateEndpoints
{
    private const string IdentifierPath = "/update/";

    public static async Task<IResult> UpdateAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(call.Http.Request.Method) && !call.Runtime.Options.AllowGetUpdate)
        {
            return Reply.Error(405, "MethodNotAllowed", "An update is asked for with POST.");
        }

        return await call.WithAccountAsync(
            async account => Request(call, account) switch
            {
                (null, _, var refusal) => refusal!,
                (var request, var junk, _) => await StartAsync(call, account, request, junk, cancellationToken),
            },
            cancellationToken);
    }

    public static async Task<IResult> UpdateOneAsync(ProviderCall call, CancellationToken cancellationToken)
    {
        if (Identifier(call) is not { Length: > 0 } identifier)
        {
            return Reply.Missing("identifier");
        }

        return await call.WithAccountAsync(
            async account =>
            {
                var (request, junk, refusal) = Request(call, account, capRequired: false);
                if (request is null)
                {
                    return refusal!;
                }

                var named = await TakeAsync(call, account, junk);
                var run = new SingleItemRun(call.Runtime, named, request, identifier);
                call.Runtime.Scheduler.InBackground(account.Id, run.ExecuteAsync);
                return Results.StatusCode(202);
            },
            cancellationToken);
    }

    private static async Task<IResult> StartAsync(
        ProviderCall call, AccountRow account, RunRequest request, JunkList? junk, CancellationToken cancellationToken)
    {
        if (request.DryRun)
        {
            // Shows what a list would do: it is not the account's by that.
            var run = new DryRun(call.Runtime, account with { Junk = junk ?? account.Junk }, request);
            call.Runtime.Scheduler.InBackground(account.Id, run.ExecuteAsync);
            return Results.StatusCode(202);
        }

        var named = await TakeAsync(call, account, junk);

        // The answer must not depend on whether the caller still listens: the decision is made either way.
        var scheduler = call.Runtime.Scheduler;
        if (call.Runtime.Options.UpdatePendingStatus == 429)
        {
            // The caller is told to come again, so that nothing follows by itself.
            return await scheduler.TryRequestAsync(named, request, CancellationToken.None)
                ? Results.StatusCode(202)
                : Reply.Error(429, "TooManyRequests", "An update of this account is under way.");
        }

        return await scheduler.RequestAsync(named, request, CancellationToken.None, hasNewTerms: junk is not null)
            ? Results.StatusCode(202)
            : Results.NoContent();
    }

    // Whatever becomes of this run, any later one leaves out what the company takes for junk now.
    private static async Task<AccountRow> TakeAsync(ProviderCall call, AccountRow account, JunkList? junk)
    {
        if (junk is null)
        {
            return account;
        }

        await call.Runtime.Store.Accounts.SaveJunkAsync(account.Id, junk, CancellationToken.None);
        return account with { Junk = junk };
    }

    // The order of the checks is the protocol's.
    private static (RunRequest? Request, JunkList? Junk, IResult? Refusal) Request(
        ProviderCall call, AccountRow account, bool capRequired = true)
    {
        var options = call.Runtime.Options;
        var cap = options.DocumentsPerUpdate;
        if (call.Parameters["documents_per_update"] is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out cap) || cap < 1)
            {
                return (null, null, Reply.Invalid("documents_per_update must be an integer of at least 1."));
            }
        }
        else if (options.RequireDocumentsPerUpdate && capRequired)
        {
            return (null, null, Reply.Missing("documents_per_update"));
        }

        var (junk, fault) = JunkParameters.Read(call.Parameters, account.Junk);
        if (fault is not null)
        {
            return (null, null, Reply.Invalid(fault));
        }

        var apiUrl = call.Parameters["api_url"] ?? call.Runtime.Identity.ApiUrl;
        if (!IsAllowed(call.Runtime, apiUrl))
        {
            return (null, null, Reply.Invalid("api_url is not an address that this provider may send to."));
        }

        if (account.RequireRefresh || account.Token is null)
        {
            return (null, null, Reply.Error(428, "PreconditionRequired", "A person must reconnect this account."));
        }

        var force = call.Parameters.IsSet("force");
        return (
            new RunRequest
            {
                DocumentsPerUpdate = cap,
                ApiUrl = apiUrl,
                Reason = force ? "force" : "manual",
                RequestedAt = call.Runtime.Time.GetUtcNow().ToUnixTimeMilliseconds(),
                Force = force,
                Full = call.Parameters.IsSet("full"),
                PermissionsOnly = call.Parameters.IsSet("permissions"),
                DryRun = call.Parameters.IsSet("dry_run"),
            },
            junk,
            null);
    }

    // The address receives the bearer token: only the configured ones will do.
    private static bool IsAllowed(ProviderRuntime runtime, string apiUrl) =>
        runtime.Options.ApiUrlsAllowed.Append(runtime.Identity.ApiUrl)
            .Any(allowed => allowed.TrimEnd('/').Equals(apiUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));

    // Routing would decode "%2F" only in part: the raw target says what the caller really sent.
    private static string? Identifier(ProviderCall call)
    {
        var target = call.Http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.Split('?')[0];
        var start = path.IndexOf(IdentifierPath, StringComparison.Ordinal);
        return start < 0
            ? call.Parameters["identifier"]
            : Uri.UnescapeDataString(path[(start + IdentifierPath.Length)..]);
    }
}
