using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Companies;
using AnyFetch.Manager.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AnyFetch.Manager.Sources;

/// <summary>One source: how far it is, what went wrong, and what a person may do about it (provider-protocol §9).</summary>
internal static class AccountEndpoints
{
    private const int ErrorsShown = 50;

    /// <summary>The buttons of the page, by name, and what each asks the provider for.</summary>
    private static readonly Dictionary<string, ProviderQuestion> s_actions = new(StringComparer.Ordinal)
    {
        ["update"] = new(HttpMethod.Post, "/update"),
        ["full"] = Update("full"),
        ["prune"] = Update("force"),
        ["dry-run"] = Update("dry_run"),
        ["retry"] = new(HttpMethod.Post, "/errors/retry"),
        ["dismiss"] = new(HttpMethod.Delete, "/errors"),
        ["pause"] = Schedule("1"),
        ["resume"] = Schedule("0"),
    };

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/manager/sources/{id}", ShowAsync);
        pages.MapPost("/manager/sources/{id}/do/{action}", DoAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        string id,
        IAccessTokenStore tokens,
        IClientStore clients,
        IProviderGateway gateway)
    {
        if (await FindAsync(http, id, tokens, clients) is not { } source)
        {
            return SourcePages.Unknown(Visitor.Of(http));
        }

        var account = await AskAsync(gateway, source, new ProviderQuestion(HttpMethod.Get, "/account"), http);
        var runs = await AskAsync(gateway, source, new ProviderQuestion(HttpMethod.Get, "/account/runs"), http);
        var errors = await AskAsync(
            gateway, source, new ProviderQuestion(HttpMethod.Get, $"/errors?limit={ErrorsShown}"), http);
        return AccountPages.Show(
            http,
            source,
            account.Status is >= 200 and < 300 ? new ProviderAccount(account.Body) : null,
            [.. ProviderAccount.Entries(runs.Body).Select(run => new ProviderRun(run))],
            ProviderAccount.Entries(errors.Body));
    }

    private static async Task<IResult> DoAsync(
        HttpContext http,
        string id,
        string action,
        IAccessTokenStore tokens,
        IClientStore clients,
        IProviderGateway gateway,
        ICompanyStore companies)
    {
        if (!s_actions.TryGetValue(action, out var question)
            || await FindAsync(http, id, tokens, clients) is not { } source)
        {
            return SourcePages.Unknown(Visitor.Of(http));
        }

        var parameters = new Dictionary<string, string>(question.Parameters);
        if (http.Request.Form["identifier"].ToString() is { Length: > 0 } identifier)
        {
            parameters["identifier"] = identifier;
        }

        if (question.Path == "/update"
            && await companies.FindAsync(Visitor.Of(http).Company, http.RequestAborted) is { } company)
        {
            question = question with { Terms = UpdateTerms.Of(company) };
        }

        question = question with { Parameters = parameters };
        var answer = await AskAsync(gateway, source, question, http);
        return answer.Status is >= 200 and < 300
            ? TypedResults.Redirect($"/manager/sources/{source.Token.Id}")
            : AccountPages.Refused(source, answer);
    }

    private static async ValueTask<Source?> FindAsync(
        HttpContext http, string id, IAccessTokenStore tokens, IClientStore clients) =>
        await SourceEndpoints.FindAsync(id, Visitor.Of(http), tokens, clients, http.RequestAborted) is
            { Client.IsOAuthApp: false } source
            ? source
            : null;

    private static ValueTask<ProviderAnswer> AskAsync(
        IProviderGateway gateway, Source source, ProviderQuestion question, HttpContext http) =>
        gateway.AskAsync(source.Client, source.Token.Id, question, http.RequestAborted);

    private static ProviderQuestion Update(string flag) => new(HttpMethod.Post, "/update")
    {
        Parameters = new Dictionary<string, string> { [flag] = "1" },
    };

    private static ProviderQuestion Schedule(string paused) => new(HttpMethod.Post, "/account/schedule")
    {
        Parameters = new Dictionary<string, string> { ["paused"] = paused },
    };
}
