using AnyFetch.Api.Companies;
using AnyFetch.Api.Http;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Hydraters;

namespace AnyFetch.Api.Hydraters;

/// <summary>The hydraters that the caller's company can use (api.md §5).</summary>
internal sealed class HydraterEndpoints(HydraterCatalog catalog, CompanyTree companies, HydraterViews views)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/hydraters", ListAsync).RequireScope(Scopes.ReadHydraters).Describe(HydraterDescriptions.List);
        routes.Get("/hydraters/{id}", GetAsync).RequireScope(Scopes.ReadHydraters).Describe(HydraterDescriptions.Get);
    }

    private async ValueTask<ApiResult> ListAsync(ApiCall call)
    {
        var hydraters = new List<Hydrater>();
        foreach (var hydrater in (await catalog.GetAsync(call.Aborted).ConfigureAwait(false)).All)
        {
            if (await companies.CanUseAsync(call.Caller.Company, hydrater.Owner, call.Aborted).ConfigureAwait(false))
            {
                hydraters.Add(hydrater);
            }
        }

        var write = await views.ForAsync(call.Caller.Company.Id, call.Aborted).ConfigureAwait(false);
        return new JsonResult(writer =>
        {
            writer.WriteStartArray();
            foreach (var hydrater in hydraters)
            {
                write(writer, hydrater);
            }

            writer.WriteEndArray();
        });
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        if (!HydraterId.TryParse(call.PathValue("id"), out var id))
        {
            return Error.InvalidArgument("The id must be 24 hexadecimal digits.");
        }

        var hydrater = (await catalog.GetAsync(call.Aborted).ConfigureAwait(false)).Find(id);
        if (hydrater is null || !await companies.CanUseAsync(call.Caller.Company, hydrater.Owner, call.Aborted).ConfigureAwait(false))
        {
            return new Error(ErrorCode.ResourceNotFound, "There is no such hydrater.");
        }

        var write = await views.ForAsync(call.Caller.Company.Id, call.Aborted).ConfigureAwait(false);
        return new JsonResult(writer => write(writer, hydrater));
    }
}
