using AnyFetch.Api.Authentication;
using AnyFetch.Api.Http;
using AnyFetch.Api.Representations;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Api.Status;

/// <summary>Whether the API answers, and where everything is.</summary>
internal sealed class StatusEndpoints(Authenticator authenticator, IHydraterStates hydraters, TimeProvider timeProvider)
{
    public void Map(ApiRoutes routes)
    {
        routes.Get("/status", GetStatusAsync).AllowAnonymous().Describe(StatusDescriptions.GetStatus);
        routes.Get("/", GetIndexAsync).SendBrowsersTo(o => o.BrowserPath).Describe(StatusDescriptions.GetIndex);
    }

    /// <summary>Needs no credentials, but bad ones are refused: clients use it to test a token (api.md §8, 29).</summary>
    private async ValueTask<ApiResult> GetStatusAsync(ApiCall call)
    {
        if (Authenticator.HasCredentials(call.Http))
        {
            var authentication = await authenticator.AuthenticateAsync(call.Http).ConfigureAwait(false);
            if (authentication.Error is { } error)
            {
                return error;
            }
        }

        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, "ok"u8);
            writer.WriteString("message"u8, string.Join(' ', hydraters.ListUnavailable()));
            writer.WriteEndObject();
        });
    }

    private ValueTask<ApiResult> GetIndexAsync(ApiCall call)
    {
        var caller = call.Caller;
        var url = call.BaseUrl;
        return ValueTask.FromResult<ApiResult>(new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("user_email"u8, caller.User.Email);
            writer.WriteId("user_id"u8, caller.User.Id.Value);
            writer.WriteId("company_id"u8, caller.Company.Id.Value);
            writer.WriteString("documents_url"u8, url + "/documents/");
            writer.WriteString("document_types_url"u8, url + "/document_types/");
            writer.WriteString("providers_url"u8, url + "/providers/");
            writer.WriteString("users_url"u8, url + "/users/");
            writer.WriteString("current_user_url"u8, url + "/user");
            writer.WriteString("update_url"u8, url + "/company/update");
            writer.WriteString("reset_url"u8, url + "/company/reset");
            writer.WriteString("token_url"u8, url + "/token");
            writer.WriteDate("server_time"u8, timeProvider.GetUtcNow());
            writer.WriteEndObject();
        }));
    }
}
