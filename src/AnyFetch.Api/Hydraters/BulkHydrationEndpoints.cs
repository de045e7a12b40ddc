using System.Text.Json;
using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Api.Hydraters;

/// <summary>Runs hydraters again on many of the company's documents (hydration.md §10, "Bulk re-run").</summary>
internal sealed class BulkHydrationEndpoints(IBulkHydration bulk, ApiParametersReader parameters)
{
    private static readonly Error s_none = new(ErrorCode.ResourceNotFound, "There is no such run.");

    public void Map(ApiRoutes routes)
    {
        routes.Post("/company/hydrate", StartAsync).RequireScope(Scopes.WriteDocuments).AdminOnly()
            .Describe(HydraterDescriptions.StartBulk);
        routes.Get("/company/hydrate", GetAsync).RequireScope(Scopes.ReadHydraters).AdminOnly()
            .Describe(HydraterDescriptions.GetBulk);
        routes.Delete("/company/hydrate", CancelAsync).RequireScope(Scopes.WriteDocuments).AdminOnly()
            .Describe(HydraterDescriptions.CancelBulk);
    }

    private async ValueTask<ApiResult> StartAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var body = read.Value!;
        var filters = ReadFilters(body);
        var urls = body.Texts("hydraters");
        if (body.Error is { } error)
        {
            return error;
        }

        var start = await bulk.StartAsync(call.Caller.Company.Id, filters, urls, call.Aborted).ConfigureAwait(false);
        return start.Fault switch
        {
            null => Show(start.Run!),
            BulkHydrationFault.IsRunning => Error.InvalidArgument("Another run over many documents is at work."),
            BulkHydrationFault.UnknownHydrater =>
                Error.InvalidArgument("The parameter 'hydraters' names one that the company does not run."),
            _ => Error.InvalidArgument("The parameter 'filter' is not a constraint object, nor a list of them."),
        };
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call) =>
        await bulk.FindAsync(call.Caller.Company.Id, call.Aborted).ConfigureAwait(false) is { } run ? Show(run) : s_none;

    private async ValueTask<ApiResult> CancelAsync(ApiCall call) =>
        await bulk.CancelAsync(call.Caller.Company.Id, call.Aborted).ConfigureAwait(false) ? ApiResult.NoContent : s_none;

    /// <summary>One constraint object or a list of them, as hydraters have them.</summary>
    private static string? ReadFilters(ApiParameters body)
    {
        switch (body.Json("filter"))
        {
            case null when body.Has("filter") && !string.IsNullOrEmpty(body.Text("filter")):
                body.Refuse("filter", "must be an object or a list of objects");
                return null;
            case null or { ValueKind: JsonValueKind.Null }:
                return null;
            case { ValueKind: JsonValueKind.Object } one:
                return $"[{one.GetRawText()}]";
            case { } filters:
                return filters.GetRawText();
        }
    }

    private static JsonResult Show(BulkHydration run) => new(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("_type"u8, "BulkHydration"u8);
        writer.WriteString("id"u8, run.Id);
        writer.WriteString("state"u8, run.State switch
        {
            BulkHydrationState.Running => "running"u8,
            BulkHydrationState.Done => "done"u8,
            _ => "cancelled"u8,
        });
        writer.WriteNumber("looked_at"u8, run.Looked);
        writer.WriteNumber("started"u8, run.Started);
        writer.WriteDate("started_at"u8, run.StartedAt);
        writer.WriteDate("ended_at"u8, run.EndedAt);
        writer.WriteEndObject();
    });
}
