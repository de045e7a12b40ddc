using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Users;

/// <summary>The caller, and the users of the caller's company (api.md §5).</summary>
internal sealed class UserEndpoints(
    IUserStore users,
    UserChanges changes,
    ProviderAccounts accounts,
    ApiParametersReader parameters,
    CredentialChanges credentials)
{
    private static readonly Error s_notFound = new(ErrorCode.ResourceNotFound, "There is no such user.");
    private static readonly Error s_notAdmin = new(ErrorCode.Forbidden, "Only administrators may do this.");

    public void Map(ApiRoutes routes)
    {
        routes.Get("/user", GetCallerAsync).RequireScope(Scopes.ReadUsers).Describe(UserDescriptions.GetCaller);
        routes.Patch("/user", PatchCallerAsync).RequireScope(Scopes.WriteUsers).Describe(UserDescriptions.PatchCaller);
        routes.Delete("/user/reset", ResetCallerAsync).RequireScope(Scopes.DeleteTokens)
            .Describe(UserDescriptions.ResetCaller);
        routes.Get("/users", ListAsync).RequireScope(Scopes.ReadUsers).AdminOnly().Describe(UserDescriptions.List);
        routes.Post("/users", PostAsync).RequireScope(Scopes.WriteUsers).AdminOnly().Describe(UserDescriptions.Add);
        routes.Get("/users/{id}", GetAsync).RequireScope(Scopes.ReadUsers).Describe(UserDescriptions.Get);
        routes.PatchOrPost("/users/{id}", PatchAsync).RequireScope(Scopes.WriteUsers).BasicOnly()
            .Describe(UserDescriptions.Change);
        routes.Delete("/users/{id}", DeleteAsync).RequireScope(Scopes.DeleteUsers).AdminOnly()
            .Describe(UserDescriptions.Delete);
        routes.Delete("/users/{id}/reset", ResetAsync).RequireScope(Scopes.DeleteTokens)
            .Describe(UserDescriptions.Reset);
    }

    private static ValueTask<ApiResult> GetCallerAsync(ApiCall call) =>
        ValueTask.FromResult<ApiResult>(Answer(call, call.Caller.User));

    private ValueTask<ApiResult> PatchCallerAsync(ApiCall call) => PatchAsync(call, call.Caller.User);

    private ValueTask<ApiResult> ResetCallerAsync(ApiCall call) => ResetAsync(call, call.Caller.User);

    private async ValueTask<ApiResult> ListAsync(ApiCall call)
    {
        var all = await users.ListAsync(call.Caller.Company.Id, call.Aborted).ConfigureAwait(false);
        return new JsonResult(writer =>
        {
            writer.WriteStartArray();
            foreach (var user in all)
            {
                UserWriter.Write(writer, user, call.BaseUrl);
            }

            writer.WriteEndArray();
        });
    }

    private async ValueTask<ApiResult> PostAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var (user, error) = await changes.AddAsync(call.Caller.Company.Id, read.Value!, call.Aborted)
            .ConfigureAwait(false);
        return user is null ? error! : Answer(call, user);
    }

    private async ValueTask<ApiResult> GetAsync(ApiCall call)
    {
        var (user, error) = await FindAsync(call).ConfigureAwait(false);
        return user is null ? error! : Answer(call, user);
    }

    private async ValueTask<ApiResult> PatchAsync(ApiCall call)
    {
        var (user, error) = await FindSelfOrManagedAsync(call).ConfigureAwait(false);
        return user is null ? error! : await PatchAsync(call, user).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> PatchAsync(ApiCall call, User user)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var (changed, error) = await changes.UpdateAsync(call.Caller.User, user, read.Value!, call.Aborted)
            .ConfigureAwait(false);
        return changed is null ? error! : Answer(call, changed);
    }

    private async ValueTask<ApiResult> DeleteAsync(ApiCall call)
    {
        var (user, error) = await FindAsync(call).ConfigureAwait(false);
        if (user is null)
        {
            return error!;
        }

        if (user.Id == call.Caller.User.Id)
        {
            return new Error(ErrorCode.NotAuthorized, "Nobody deletes their own account.");
        }

        await accounts.ForgetAsync(user.Id, call.Aborted).ConfigureAwait(false);
        var result = await users.RemoveAsync(user.Id, call.Aborted).ConfigureAwait(false);
        credentials.Notify();
        return result switch
        {
            UserChange.Done => ApiResult.NoContent,
            UserChange.LastAdmin => UserChanges.LastAdmin,
            _ => s_notFound,
        };
    }

    private async ValueTask<ApiResult> ResetAsync(ApiCall call)
    {
        var (user, error) = await FindSelfOrManagedAsync(call).ConfigureAwait(false);
        return user is null ? error! : await ResetAsync(call, user).ConfigureAwait(false);
    }

    private async ValueTask<ApiResult> ResetAsync(ApiCall call, User user)
    {
        await accounts.ForgetAsync(user.Id, call.Aborted).ConfigureAwait(false);
        await users.ResetAsync(user.Id, call.Aborted).ConfigureAwait(false);
        credentials.Notify();
        return ApiResult.NoContent;
    }

    private async ValueTask<(User? User, Error? Error)> FindSelfOrManagedAsync(ApiCall call)
    {
        if (UserId.TryParse(call.PathValue("id"), out var id)
            && id != call.Caller.User.Id
            && !call.Caller.User.IsAdmin)
        {
            return (null, s_notAdmin);
        }

        return await FindAsync(call).ConfigureAwait(false);
    }

    private async ValueTask<(User? User, Error? Error)> FindAsync(ApiCall call)
    {
        if (!UserId.TryParse(call.PathValue("id"), out var id))
        {
            return (null, Error.InvalidArgument("The id must be 24 hexadecimal digits."));
        }

        var user = await users.FindAsync(id, call.Aborted).ConfigureAwait(false);
        return user is not null && user.Company == call.Caller.Company.Id ? (user, null) : (null, s_notFound);
    }

    private static JsonResult Answer(ApiCall call, User user) =>
        new JsonResult(writer => UserWriter.Write(writer, user, call.BaseUrl));
}
