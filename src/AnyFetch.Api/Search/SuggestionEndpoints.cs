using AnyFetch.Api.Http;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Search;

namespace AnyFetch.Api.Search;

/// <summary>What somebody may be about to type, for search boxes (search-and-projection §5).</summary>
internal sealed class SuggestionEndpoints(ISuggester suggester)
{
    public void Map(ApiRoutes routes) =>
        routes.Get("/suggestions", GetAsync).RequireScope(Scopes.ReadDocuments).Describe(SuggestionDescriptions.Get);

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var read = SearchParameters.ReadTyped(call);
        if (read.Error is { } wrong)
        {
            return wrong;
        }

        var (text, limit) = read.Value;
        var suggested = await suggester.SuggestAsync(
            new SuggestionRequest(call.Caller.Company.Id, call.Caller.User.Id, text, limit), call.Aborted).ConfigureAwait(false);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("completions"u8);
            foreach (var completion in suggested.Completions)
            {
                writer.WriteStringValue(completion);
            }

            writer.WriteEndArray();
            writer.WriteString("correction"u8, suggested.Correction);
            writer.WriteEndObject();
        });
    }
}
