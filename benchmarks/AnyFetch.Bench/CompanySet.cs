using System.Globalization;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Core.Users;
using AnyFetch.Server;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Bench;

/// <summary>
/// Many companies with documents, written through the store into a data directory before any server looks at it: making
/// their users over HTTP would measure nothing but password hashes.
/// </summary>
internal static class CompanySet
{
    private const int WritersMax = 8;

    /// <summary>Fills a new data directory and returns it with the token of each company's only user.</summary>
    public static async Task<(string Data, string[] Tokens)> WriteAsync(
        int companies, int documents, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("anyfetch-bench-").FullName;
        var app = AnyFetchServer.Build(new ServerSettings
        {
            UsesEnvironment = false,
            Overrides = new Dictionary<string, string?>
            {
                ["Data"] = data,
                ["Urls"] = "http://127.0.0.1:0",
                ["Roles:0"] = "worker",
                ["Log:Level"] = "Warning",
                ["Admin:Email"] = ServerProcess.Email,
                ["Admin:Password"] = ServerProcess.Password,
            },
        });
        await app.StartAsync(cancellationToken);
        var tokens = new string[companies];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, companies),
            new ParallelOptions { MaxDegreeOfParallelism = WritersMax, CancellationToken = cancellationToken },
            async (n, stop) => tokens[n] = await WriteCompanyAsync(app.Services, n, documents, stop));
        await app.StopAsync(cancellationToken);
        await app.DisposeAsync();
        return (data, tokens);
    }

    private static async Task<string> WriteCompanyAsync(
        IServiceProvider services, int n, int documents, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var company = new Company
        {
            Id = new CompanyId(ObjectId.New(now)),
            Name = string.Create(CultureInfo.InvariantCulture, $"company {n}"),
            Hydraters = [],
        };
        var user = new User
        {
            Id = new UserId(ObjectId.New(now)),
            Company = company.Id,
            Email = string.Create(CultureInfo.InvariantCulture, $"user{n}@example.org"),
            Name = "User",
            IsAdmin = true,
            PasswordHash = "",
        };
        var token = new AccessToken
        {
            Id = new AccessTokenId(ObjectId.New(now)),
            User = user.Id,
            Company = company.Id,
            Scopes = Scopes.All,
            CreatedAt = now,
            LastUsed = now,
        };
        var secret = TokenSecret.New(TokenSecret.BasicTokenChars);
        await services.GetRequiredService<IUserStore>().AddWithCompanyAsync(company, user, cancellationToken);
        await services.GetRequiredService<IAccessTokenStore>().AddAsync(token, TokenSecret.Hash(secret), cancellationToken);
        await WriteDocumentsAsync(services.GetRequiredService<IDocumentStore>(), token, documents, cancellationToken);
        return secret;
    }

    /// <summary>The same documents for every company, so that one alone does the same work.</summary>
    private static async Task WriteDocumentsAsync(
        IDocumentStore store, AccessToken token, int documents, CancellationToken cancellationToken)
    {
        const int AtOnce = 250;
        var text = new SampleText(1);
        for (var first = 0; first < documents; first += AtOnce)
        {
            var batch = Enumerable.Range(first, Math.Min(AtOnce, documents - first)).Select(n => Make(text, token, n)).ToList();
            await Task.WhenAll(batch.Select(document => store.ChangeAsync(
                DocumentKey.ById(document.Company, document.Id),
                _ => DocumentDecision.Put(document, true),
                cancellationToken).AsTask()));
        }
    }

    private static Document Make(SampleText text, AccessToken token, int n)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new Document
        {
            Id = new DocumentId(ObjectId.New(now)),
            Company = token.Company,
            Provider = token.Id,
            Identifier = Identifier.Parse(string.Create(CultureInfo.InvariantCulture, $"bench-{n:D8}")),
            Type = BuiltInDocumentTypes.Document,
            CreationDate = now,
            ModificationDate = now,
            Metadata = JsonFields.FromText($$"""{"title":"{{text.Text(40)}}","text":"{{text.Text(300)}}"}"""),
        };
    }
}
