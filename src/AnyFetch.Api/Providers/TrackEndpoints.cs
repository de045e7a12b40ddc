using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Api.Providers;

/// <summary>What providers report about themselves.</summary>
internal sealed class TrackEndpoints(IAccessTokenStore tokens, ApiParametersReader parameters)
{
    private static readonly string[] s_durations = ["time_spent_on_queue", "time_spent_on_tasks", "total_time_spent"];

    public void Map(ApiRoutes routes) =>
        routes.Post("/track/provider-updated", ReportAsync).TokenOnly().Describe(ProviderDescriptions.Report);

    private async ValueTask<ApiResult> ReportAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var report = read.Value!;
        report.RefuseOthers(["is_first", .. s_durations]);
        report.Bool("is_first");
        foreach (var duration in s_durations)
        {
            if (report.Integer(duration) < 0)
            {
                report.Refuse(duration, "must not be negative");
            }
        }

        if (report.Error is { } error)
        {
            return error;
        }

        await tokens.SetProvidingSinceAsync(call.Caller.Token!.Id, null, call.Aborted).ConfigureAwait(false);
        return ApiResult.NoContent;
    }
}
