using System.Text.Json;
using AnyFetch.Api.Http;
using AnyFetch.Api.Http.Parameters;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Readers;

/// <summary>
/// Tells a provider which of the people who may see an item at its source are users of its company, by the address that
/// the source has verified. It answers ids alone, which <c>user_access</c> takes, and says nothing of anybody else.
/// </summary>
internal sealed class ReaderEndpoints(IUserStore users, ApiParametersReader parameters)
{
    private const string Emails = "emails";

    public void Map(ApiRoutes routes) => routes.Post("/readers", FindAsync).RequireScope(Scopes.WriteDocuments).TokenOnly()
        .NotForTasks().Describe(ReaderDescriptions.Find);

    private async ValueTask<ApiResult> FindAsync(ApiCall call)
    {
        var read = await parameters.ReadAsync(call).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var body = read.Value!;
        body.Require(Emails);
        var emails = body.Texts(Emails) ?? [];
        if (emails.Count > call.Options.ReaderEmailsMax)
        {
            body.Refuse(Emails, $"must hold at most {call.Options.ReaderEmailsMax} addresses");
        }

        return body.Error is { } error
            ? error
            : Answer(await FindAsync(call.Caller.Company.Id, emails, call.Aborted).ConfigureAwait(false));
    }

    // An address that its user chose alone proves nothing: it may be anybody's.
    private async ValueTask<Dictionary<string, UserId>> FindAsync(
        CompanyId company, IReadOnlyList<string> emails, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, UserId>(StringComparer.Ordinal);
        foreach (var email in emails.Distinct(StringComparer.Ordinal))
        {
            var user = await users.FindByEmailAsync(email, cancellationToken).ConfigureAwait(false);
            if (user is { IsEmailVouched: true } && user.Company == company)
            {
                found.Add(email, user.Id);
            }
        }

        return found;
    }

    private static JsonResult Answer(Dictionary<string, UserId> found) => new(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("users"u8);
        foreach (var (email, user) in found)
        {
            writer.WriteString(email, user.ToString());
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
