using System.Reflection;
using System.Text.Json;
using AnyFetch.Api.Errors;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Feed;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Queue;
using AnyFetch.Core.Rendering;
using AnyFetch.Core.Search;
using AnyFetch.Core.Users;
using AnyFetch.Search.Following;
using AnyFetch.Server.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Server.Operator;

/// <summary>What <c>anyfetch admin</c> and <c>anyfetch status</c> ask of the server on their machine.</summary>
internal static class OperatorEndpoints
{
    /// <summary>Given-up jobs that one answer lists, per queue.</summary>
    private const int DeadJobsMax = 500;

    private static readonly Error s_noIndex = new(
        ErrorCode.NotFound, "This node keeps no search index: type this on a node whose roles are 'api' or 'search'.");

    public static IEndpointRouteBuilder MapOperator(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/operator").AddEndpointFilter(RequireKeyAsync);
        group.MapGet("/status", StatusAsync);
        group.MapGet("/users", UsersAsync);
        group.MapPost("/password", SetPasswordAsync);
        group.MapGet("/failed", FailedAsync);
        group.MapGet("/dead", DeadAsync);
        group.MapGet("/unindexed", UnindexedAsync);
        group.MapPost("/retry", RetryAsync);
        group.MapPost("/reindex", ReindexAsync);
        return routes;
    }

    /// <summary>Without the key these paths look as if they did not exist.</summary>
    private static async ValueTask<object?> RequireKeyAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = (OperatorKey)http.RequestServices.GetService(typeof(OperatorKey))!;
        return key.Accepts(http.Request.Headers.Authorization)
            ? await next(context).ConfigureAwait(false)
            : TypedResults.NotFound();
    }

    private static async Task<JsonHttpResult<OperatorStatus>> StatusAsync(
        ICompanyStore companies,
        IChangeFeed feed,
        IWorkQueue queue,
        StartTime start,
        IPageImager images,
        CancellationToken cancellationToken)
    {
        var all = await companies.ListAsync(cancellationToken).ConfigureAwait(false);
        var end = await feed.GetEndAsync(cancellationToken).ConfigureAwait(false);
        var queues = await queue.CountAsync(cancellationToken).ConfigureAwait(false);
        var version = typeof(OperatorEndpoints).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return TypedResults.Json(
            new OperatorStatus(
                version,
                start.At,
                all.Count,
                end.Sequence,
                [.. queues.Select(q => new OperatorQueue(q.Queue, q.Waiting, q.Running, q.Dead, q.OldestDueSeconds))],
                images.Unavailable),
            OperatorJson.Default.OperatorStatus);
    }

    private static async Task<JsonHttpResult<OperatorUser[]>> UsersAsync(
        ICompanyStore companies,
        IUserStore users,
        CancellationToken cancellationToken)
    {
        var found = new List<OperatorUser>();
        foreach (var company in await companies.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var user in await users.ListAsync(company.Id, cancellationToken).ConfigureAwait(false))
            {
                found.Add(new OperatorUser(user.Id.ToString(), user.Email, user.Name, company.Name, user.IsAdmin));
            }
        }

        return TypedResults.Json(found.ToArray(), OperatorJson.Default.OperatorUserArray);
    }

    /// <summary>The body is read here: bound as a parameter, it would be judged before the key.</summary>
    private static async Task<Results<JsonHttpResult<OperatorPassword>, NotFound<string>, BadRequest>> SetPasswordAsync(
        HttpRequest http,
        IUserStore users,
        UserPasswords hasher,
        CredentialChanges credentials,
        CancellationToken cancellationToken)
    {
        if (await ReadPasswordRequestAsync(http, cancellationToken).ConfigureAwait(false) is not { Email: { } email })
        {
            return TypedResults.BadRequest();
        }

        if (await users.FindByEmailAsync(email, cancellationToken).ConfigureAwait(false) is not { } user)
        {
            return TypedResults.NotFound($"Nobody here has the address {email}.");
        }

        var password = Passwords.New();
        var hash = await hasher.HashAsync(password, cancellationToken).ConfigureAwait(false);
        await users.UpdateAsync(user with { PasswordHash = hash }, cancellationToken).ConfigureAwait(false);
        credentials.Notify();
        return TypedResults.Json(new OperatorPassword(user.Email, password), OperatorJson.Default.OperatorPassword);
    }

    private static async ValueTask<OperatorPasswordRequest?> ReadPasswordRequestAsync(
        HttpRequest http,
        CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer
                .DeserializeAsync(http.Body, OperatorJson.Default.OperatorPasswordRequest, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<JsonHttpResult<OperatorFailures>> FailedAsync(
        FailedDocuments documents,
        CancellationToken cancellationToken)
    {
        var failed = await documents.FindAsync(company: null, cancellationToken).ConfigureAwait(false);
        var latest = failed.Latest.Select(f => new OperatorFailure(f.Document.Id.ToString(), f.Path, f.Hydrater, f.Reason));
        return TypedResults.Json(
            new OperatorFailures(failed.Count, [.. latest]), OperatorJson.Default.OperatorFailures);
    }

    private static async Task<JsonHttpResult<OperatorDeadJob[]>> DeadAsync(
        IWorkQueue queue,
        CancellationToken cancellationToken)
    {
        var jobs = await ListDeadAsync(queue, cancellationToken).ConfigureAwait(false);
        var views = jobs.Select(j => new OperatorDeadJob(
            j.Key.Queue, j.Key.Company.ToString(), j.Key.Name, j.Attempts, j.Reason, j.DiedAt));
        return TypedResults.Json(views.ToArray(), OperatorJson.Default.OperatorDeadJobArray);
    }

    private static async Task<JsonHttpResult<OperatorCount>> RetryAsync(
        IWorkQueue queue,
        CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var job in await ListDeadAsync(queue, cancellationToken).ConfigureAwait(false))
        {
            count += await queue.ReviveAsync(job.Key, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return TypedResults.Json(new OperatorCount(count), OperatorJson.Default.OperatorCount);
    }

    /// <summary>
    /// The old indexes answer until the new ones are there, so nobody waits for it. A node whose roles need no index has
    /// none to build.
    /// </summary>
    private static async Task<Results<JsonHttpResult<OperatorCount>, EmptyHttpResult>> ReindexAsync(
        HttpContext http,
        ICompanyStore companies,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken)
    {
        if (http.RequestServices.GetService<Reindexer>() is not { } reindexer)
        {
            await ErrorWriter.WriteAsync(http, s_noIndex).ConfigureAwait(false);
            return TypedResults.Empty;
        }

        var all = await companies.ListAsync(cancellationToken).ConfigureAwait(false);
        _ = Task.Run(
            async () =>
            {
                foreach (var company in all)
                {
                    await reindexer.ReindexAsync(company.Id, null, lifetime.ApplicationStopping).ConfigureAwait(false);
                }
            },
            lifetime.ApplicationStopping);
        return TypedResults.Json(new OperatorCount(all.Count), OperatorJson.Default.OperatorCount);
    }

    private static async Task<Results<JsonHttpResult<OperatorUnindexed[]>, EmptyHttpResult>> UnindexedAsync(
        HttpContext http,
        ICompanyStore companies,
        CancellationToken cancellationToken)
    {
        if (http.RequestServices.GetService<ISearchIndex>() is not { } index)
        {
            await ErrorWriter.WriteAsync(http, s_noIndex).ConfigureAwait(false);
            return TypedResults.Empty;
        }

        var found = new List<OperatorUnindexed>();
        foreach (var company in await companies.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            var state = await index.DescribeAsync(company.Id, cancellationToken).ConfigureAwait(false);
            found.AddRange(state.Unindexed.Select(d => new OperatorUnindexed(company.Name, d.Id.ToString(), d.Reason)));
        }

        return TypedResults.Json(found.ToArray(), OperatorJson.Default.OperatorUnindexedArray);
    }

    private static async Task<List<DeadJob>> ListDeadAsync(IWorkQueue queue, CancellationToken cancellationToken)
    {
        var jobs = new List<DeadJob>();
        foreach (var counts in await queue.CountAsync(cancellationToken).ConfigureAwait(false))
        {
            if (counts.Dead > 0)
            {
                jobs.AddRange(await queue.ListDeadAsync(counts.Queue, null, DeadJobsMax, cancellationToken)
                    .ConfigureAwait(false));
            }
        }

        return jobs;
    }
}
