using System.Text.Json;
using AnyFetch.Api.Http;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Providers;

/// <summary>Asking providers to update: the caller's, one user's, or all of the company's (api.md §5).</summary>
internal sealed class UpdateEndpoints(
    ProviderAccounts accounts,
    UpdateThrottle throttle,
    IAccessTokenStore tokens,
    IUserStore users)
{
    public void Map(ApiRoutes routes)
    {
        routes.Post("/user/update", UpdateUserAsync).Describe(ProviderDescriptions.UpdateCaller);
        routes.Post("/users/{id}/update", UpdateOtherAsync).Describe(ProviderDescriptions.UpdateUser);
        routes.Post("/company/update", UpdateCompanyAsync).Describe(ProviderDescriptions.UpdateCompany);
    }

    private async ValueTask<ApiResult> UpdateUserAsync(ApiCall call) =>
        throttle.Refuse(call) is { } error ? error : await UpdateAsync(call, call.Caller.User).ConfigureAwait(false);

    private async ValueTask<ApiResult> UpdateOtherAsync(ApiCall call)
    {
        if (!UserId.TryParse(call.PathValue("id"), out var id))
        {
            return Error.InvalidArgument("The id must be 24 hexadecimal digits.");
        }

        if (!call.Caller.User.IsAdmin && id != call.Caller.User.Id)
        {
            return new Error(ErrorCode.Forbidden, "Only administrators may update other users' providers.");
        }

        var user = await users.FindAsync(id, call.Aborted).ConfigureAwait(false);
        if (user is null || user.Company != call.Caller.Company.Id)
        {
            return new Error(ErrorCode.ResourceNotFound, "There is no such user.");
        }

        return throttle.Refuse(call) is { } error ? error : await UpdateAsync(call, user).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> UpdateAsync(ApiCall call, User user)
    {
        var all = await tokens.ListAsync(user.Id, call.Aborted).ConfigureAwait(false);
        var statuses = await accounts.UpdateAsync(call.Caller.Company, all, call.Aborted).ConfigureAwait(false);
        return new JsonResult(writer => WriteStatuses(writer, all, statuses));
    }

    private async ValueTask<ApiResult> UpdateCompanyAsync(ApiCall call)
    {
        if (throttle.Refuse(call) is { } error)
        {
            return error;
        }

        var company = call.Caller.Company;
        var people = await users.ListAsync(company.Id, call.Aborted).ConfigureAwait(false);
        var all = await tokens.ListAsync(company.Id, call.Aborted).ConfigureAwait(false);
        var statuses = await accounts.UpdateAsync(company, all, call.Aborted).ConfigureAwait(false);
        var byUser = all.ToLookup(t => t.User);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            foreach (var user in people)
            {
                writer.WritePropertyName(user.Id.ToString());
                WriteStatuses(writer, byUser[user.Id], statuses);
            }

            writer.WriteEndObject();
        });
    }

    private static void WriteStatuses(
        Utf8JsonWriter writer,
        IEnumerable<AccessToken> accounts,
        IReadOnlyDictionary<AccessTokenId, int> statuses)
    {
        writer.WriteStartObject();
        foreach (var account in accounts)
        {
            if (statuses.TryGetValue(account.Id, out var status))
            {
                writer.WriteNumber(account.Id.ToString(), status);
            }
        }

        writer.WriteEndObject();
    }
}
