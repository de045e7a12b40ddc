using System.Text.Json;
using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Ids;

namespace AnyFetch.Api.Hydraters;

/// <summary>Registering hydraters of a company's own, and taking hydraters out of use (hydration.md §1).</summary>
internal sealed class HydraterWriteEndpoints(
    IHydraterStore store,
    HydraterCatalog catalog,
    IHydration hydration,
    ICompanyStore companies,
    Companies.CompanyTree tree,
    ApiParametersReader parameters,
    CredentialChanges credentials,
    HydraterViews views,
    TimeProvider timeProvider)
{
    /// <summary>Longest URL, name or description, in characters.</summary>
    public const int TextCharsMax = 2000;

    /// <summary>Keys whose change lets a hydrater run again.</summary>
    public const int RerunKeysMax = 20;

    private static readonly Error s_notFound = new(ErrorCode.NotFound, "There is no such hydrater.");

    public void Map(ApiRoutes routes)
    {
        routes.Post("/hydraters", PostAsync).RequireScope(Scopes.WriteHydraters).AdminOnly()
            .Describe(HydraterDescriptions.Add);
        routes.Patch("/hydraters/{id}", PatchAsync).RequireScope(Scopes.WriteHydraters).AdminOnly()
            .Describe(HydraterDescriptions.Change);
        routes.Delete("/hydraters/{id}", DeleteAsync).RequireScope(Scopes.DeleteHydraters).AdminOnly()
            .Describe(HydraterDescriptions.Delete);
    }

    private async ValueTask<ApiResult> PostAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var body = read.Value!;
        var shortName = body.Has("short_name") ? "short_name" : "shortName";
        foreach (var (name, known) in new[] { ("url", "url"), ("short_name", shortName), ("description", "description") })
        {
            if (string.IsNullOrEmpty(ReadText(body, known)))
            {
                return body.Error ?? Error.MissingParameter(name);
            }
        }

        var hydrater = new Hydrater
        {
            Id = new HydraterId(ObjectId.New(timeProvider.GetUtcNow())),
            Url = body.Text("url")!,
            ShortName = body.Text(shortName)!,
            Description = body.Text("description")!,
            Filters = ReadFilters(body),
            Priority = ReadPriority(body),
            Excludes = await ReadExcludesAsync(call, body).ConfigureAwait(false),
            RerunOn = ReadRerunOn(body),
            Owner = call.Caller.Company.Id,
            RequiredData = body.Json("required_data") is { } data ? data.GetRawText() : null,
        };
        if (!Uri.TryCreate(hydrater.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            body.Refuse("url", "must be an absolute http(s) address");
        }

        if (body.Error is { } error)
        {
            return error;
        }

        if (!await store.AddAsync(hydrater, call.Aborted).ConfigureAwait(false))
        {
            return Error.InvalidArgument("The parameter 'url' is another hydrater's.");
        }

        Forget();
        return await ShowAsync(call, hydrater).ConfigureAwait(false);
    }

    /// <summary>Changes a registration of the company's own; its URL, being its identity, stays.</summary>
    private async ValueTask<ApiResult> PatchAsync(ApiCall call)
    {
        if (!HydraterId.TryParse(call.PathValue("id"), out var id))
        {
            return Error.InvalidArgument("The id must be 24 hexadecimal digits.");
        }

        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var hydrater = (await catalog.GetAsync(call.Aborted).ConfigureAwait(false)).Find(id);
        if (hydrater is null || hydrater.Owner != call.Caller.Company.Id)
        {
            return s_notFound;
        }

        var body = read.Value!;
        var shortName = ReadText(body, body.Has("short_name") ? "short_name" : "shortName");
        var description = ReadText(body, "description");
        var changed = hydrater with
        {
            ShortName = string.IsNullOrEmpty(shortName) ? hydrater.ShortName : shortName,
            Description = string.IsNullOrEmpty(description) ? hydrater.Description : description,
            Filters = body.Has("filters") ? ReadFilters(body) : hydrater.Filters,
            Priority = body.Has("priority") ? ReadPriority(body) : hydrater.Priority,
            Excludes = body.Has("excludes")
                ? await ReadExcludesAsync(call, body).ConfigureAwait(false)
                : hydrater.Excludes,
            RerunOn = body.Has("rerun_on") ? ReadRerunOn(body) : hydrater.RerunOn,
        };
        if (body.Has("url") && body.Text("url") != hydrater.Url)
        {
            body.Refuse("url", "cannot be changed");
        }

        if (body.Error is { } error)
        {
            return error;
        }

        await store.PutAsync(changed, call.Aborted).ConfigureAwait(false);
        Forget();
        return await ShowAsync(call, changed).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        if (!HydraterId.TryParse(call.PathValue("id"), out var id))
        {
            return Error.InvalidArgument("The id must be 24 hexadecimal digits.");
        }

        var company = call.Caller.Company;
        var hydrater = (await catalog.GetAsync(call.Aborted).ConfigureAwait(false)).Find(id);
        if (hydrater is null || !await tree.CanUseAsync(company, hydrater.Owner, call.Aborted).ConfigureAwait(false))
        {
            return s_notFound;
        }

        if (hydrater.Owner == company.Id)
        {
            await store.RemoveAsync(id, call.Aborted).ConfigureAwait(false);
        }
        else
        {
            // Somebody else's: it stays registered, but this company and those below stop running it.
            await DisableAsync(company.Id, hydrater.Url, call.Aborted).ConfigureAwait(false);
        }

        Forget();
        return ApiResult.NoContent;
    }

    private async Task DisableAsync(CompanyId id, string url, CancellationToken cancellationToken)
    {
        if (await companies.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } company
            && company.Hydraters.Contains(url))
        {
            var changed = company with { Hydraters = [.. company.Hydraters.Where(u => u != url)] };
            await companies.UpdateAsync(changed, cancellationToken).ConfigureAwait(false);
        }

        foreach (var child in await companies.ListChildrenAsync(id, cancellationToken).ConfigureAwait(false))
        {
            await DisableAsync(child.Id, url, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<ApiResult> ShowAsync(ApiCall call, Hydrater hydrater)
    {
        var write = await views.ForAsync(call.Caller.Company.Id, call.Aborted).ConfigureAwait(false);
        return new JsonResult(writer => write(writer, hydrater));
    }

    private void Forget()
    {
        catalog.Invalidate();
        credentials.Notify();
    }

    private string ReadFilters(ApiParameters body)
    {
        if (body.Json("filters") is not { ValueKind: not JsonValueKind.Null } filters)
        {
            if (body.Has("filters") && body.Error is null && body.Text("filters") is { Length: > 0 })
            {
                body.Refuse("filters", "must be a list of objects");
            }

            return "[]";
        }

        var text = filters.GetRawText();
        if (hydration.FindFilterFault(text) is { } fault)
        {
            body.Refuse("filters", $"is wrong: {fault}");
        }

        return text;
    }

    private static int ReadPriority(ApiParameters body)
    {
        var priority = body.Integer("priority") ?? 0;
        if (priority is < -1_000_000 or > 1_000_000)
        {
            body.Refuse("priority", "must be from -1000000 to 1000000");
            return 0;
        }

        return (int)priority;
    }

    /// <summary>Maps of the document, or keys in them.</summary>
    private static IReadOnlyList<string> ReadRerunOn(ApiParameters body)
    {
        var keys = body.Texts("rerun_on") ?? [];
        if (keys.Count > RerunKeysMax || keys.Any(key => key.Length > TextCharsMax || key.Split('.')[0] is not ("metadata" or "data" or "actions")))
        {
            body.Refuse("rerun_on", $"must be at most {RerunKeysMax} keys such as 'metadata' or 'metadata.startDate'");
        }

        return keys;
    }

    private async ValueTask<IReadOnlyList<string>> ReadExcludesAsync(ApiCall call, ApiParameters body)
    {
        var excludes = body.Texts("excludes") ?? [];
        var all = await catalog.GetAsync(call.Aborted).ConfigureAwait(false);
        foreach (var url in excludes)
        {
            if (all.Find(url) is not { } other
                || !await tree.CanUseAsync(call.Caller.Company, other.Owner, call.Aborted).ConfigureAwait(false))
            {
                body.Refuse("excludes", "names a hydrater that does not exist");
            }
        }

        return excludes;
    }

    private static string? ReadText(ApiParameters body, string name)
    {
        var text = body.Text(name);
        if (text?.Length > TextCharsMax)
        {
            body.Refuse(name, $"is longer than {TextCharsMax} characters");
        }

        return text;
    }
}
