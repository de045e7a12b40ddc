using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Hydraters;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;
using User = AnyFetch.Core.Users.User;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>Hydraters that act on other documents with the token of their task (hydration.md §8).</summary>
public sealed class TaskTokenTests(HydrationFixture fixture) : IClassFixture<HydrationFixture>, IAsyncLifetime
{
    private readonly TestServer _server = fixture.Server;
    private User _admin = null!;
    private AccessToken _provider = null!;
    private AnyFetchClient _api = null!;
    private AnyFetchClient _adminApi = null!;

    public async Task InitializeAsync()
    {
        var email = Guid.NewGuid().ToString("n") + "@example.org";
        _admin = await _server.AddCompanyAsync(email);
        (_provider, var secret) = await _server.AddTokenAsync(_admin);
        _api = _server.ClientOf(secret);
        _adminApi = _server.ClientOf(email, TestServer.AdminPassword);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_hydrater_inside_makes_children_of_the_same_provider_that_inherit_access_and_hydrate_on_their_own()
    {
        await RunOnlyAsync(HydrationFixture.Splitter.Url);
        var bob = await _server.AddUserAsync(_admin.Company, Guid.NewGuid().ToString("n") + "@example.org");
        await _api.Documents.SendAsync(Parent("mail", "a.txt", "a.txt") with { UserAccess = [_admin.Id.ToString()] }, default);

        var parent = await UntilAsync("mail", d => d.Data?.TryGetProperty("children", out _) == true);
        Assert.Equal(["mail/a.txt", "mail/a.txt (2)"], Texts(parent.Data!.Value.GetProperty("children")));
        foreach (var identifier in Texts(parent.Data!.Value.GetProperty("children")))
        {
            var child = await _api.Documents.GetRawAsync(DocumentRef.ByIdentifier(identifier), default);
            Assert.Equal(_provider.Id.ToString(), child.Provider!.Id);
            Assert.Equal([_admin.Id.ToString()], child.UserAccess);
            Assert.DoesNotContain(bob.Id.ToString(), child.UserAccess!);
            Assert.Equal([parent.Id], Texts(child.Related!.Value));
            Assert.Equal(1, child.Data!.Value.GetProperty("nesting").GetInt32());
        }

        await Eventually.TrueAsync(async () =>
            (await _api.Documents.GetRelatedAsync(DocumentRef.ByIdentifier("mail"), null, default)).Data.Count == 2);
    }

    [Fact]
    public async Task Children_of_an_earlier_run_that_no_longer_exist_are_deleted()
    {
        await RunOnlyAsync(HydrationFixture.Splitter.Url);
        await _api.Documents.SendAsync(Parent("zip", "one", "two"), default);
        await UntilAsync("zip", d => d.Data?.TryGetProperty("children", out var c) == true && c.GetArrayLength() == 2);

        await _api.Documents.SendAsync(Parent("zip", "two", "three"), default);
        await UntilAsync("zip", d => Texts(d.Data!.Value.GetProperty("children")).SequenceEqual(["zip/two", "zip/three"]));

        var gone = await Assert.ThrowsAsync<AnyFetchException>(
            () => _api.Documents.GetRawAsync(DocumentRef.ByIdentifier("zip/one"), default));
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.Equal("zip/two", (await _api.Documents.GetRawAsync(DocumentRef.ByIdentifier("zip/two"), default)).Identifier);
    }

    [Fact]
    public async Task An_outside_hydrater_gets_no_token_unless_the_company_allows_it()
    {
        await using var hydrater = await OutsideHydrater.StartAsync();
        await RegisterAsync(hydrater);
        await _api.Documents.SendAsync(new DocumentDraft { Identifier = "first" }, default);
        Assert.Equal("", OutsideHydrater.TokenOf(await hydrater.NextAsync()));

        await SetCompanyAsync("hydrater_tokens", true);
        await _api.Documents.SendAsync(new DocumentDraft { Identifier = "second" }, default);
        var call = await hydrater.NextAsync();
        var core = _server.ClientOf(OutsideHydrater.TokenOf(call));
        await core.Documents.SendAsync(new DocumentDraft { Identifier = "made by a hydrater" }, default);
        var made = await _api.Documents.GetRawAsync(DocumentRef.ByIdentifier("made by a hydrater"), default);
        Assert.Equal(_provider.Id.ToString(), made.Provider!.Id);

        await SetCompanyAsync("hydrater_tokens", false);
        await Refused(HttpStatusCode.Unauthorized, () => core.GetIndexAsync(default));
    }

    [Fact]
    public async Task A_token_is_good_for_documents_only_and_ends_with_its_task()
    {
        await using var hydrater = await OutsideHydrater.StartAsync();
        await RegisterAsync(hydrater);
        await SetCompanyAsync("hydrater_tokens", true);
        await _api.Documents.SendAsync(new DocumentDraft { Identifier = "one" }, default);
        var call = await hydrater.NextAsync();
        var core = _server.ClientOf(OutsideHydrater.TokenOf(call));

        Assert.Equal("one", (await core.Documents.GetRawAsync(DocumentRef.ByIdentifier("one"), default)).Identifier);
        await Refused(HttpStatusCode.Forbidden, () => core.Users.ListAsync(default));
        await Refused(HttpStatusCode.Forbidden, () => core.ReportRefreshNeededAsync(default));
        await Refused(HttpStatusCode.Forbidden, () => core.FindReadersAsync(["bob@example.org"], default));
        await Refused(HttpStatusCode.Forbidden, () => core.Documents.SendPageAsync("k", new PageDraft(), default));
        await Refused(HttpStatusCode.Unauthorized, () => _server
            .ClientOf(OutsideHydrater.TokenOf(call)[..^2] + "AA").Documents
            .GetRawAsync(DocumentRef.ByIdentifier("one"), default));

        Assert.Equal(204, await hydrater.AnswerAsync(call));
        await Refused(
            HttpStatusCode.Unauthorized, () => core.Documents.GetRawAsync(DocumentRef.ByIdentifier("one"), default));
    }

    [Fact]
    public async Task In_a_secure_company_only_the_platforms_hydraters_may_write()
    {
        await using var hydrater = await OutsideHydrater.StartAsync();
        await RegisterAsync(hydrater, HydrationFixture.Splitter.Url);
        await SetCompanyAsync("hydrater_tokens", true);
        await _api.Documents.SendAsync(Parent("one", "part"), default);
        var call = await hydrater.NextAsync();
        await UntilAsync("one/part", d => d.Identifier.Length > 0);

        await SetCompanyAsync("secure", true);
        var core = _server.ClientOf(OutsideHydrater.TokenOf(call));
        var refusal = await Assert.ThrowsAsync<AnyFetchException>(
            () => core.Documents.SendAsync(new DocumentDraft { Identifier = "two" }, default));
        Assert.Equal("InsecureOperation", refusal.Code);

        var (_, trusted) = await _server.AddTokenAsync(_admin, isTrusted: true);
        await _server.ClientOf(trusted).Documents.SendAsync(Parent("three", "part"), default);
        await Eventually.TrueAsync(async () =>
            (await _adminApi.Documents.SearchAsync(new DocumentSearch { Search = "part" }, default)).Count >= 1);
        var three = _server.ClientOf(trusted);
        await Eventually.TrueAsync(async () =>
            (await three.Documents.GetRawAsync(DocumentRef.ByIdentifier("three"), default))
                .Data?.TryGetProperty("children", out _) == true);
    }

    private static DocumentDraft Parent(string identifier, params string[] parts) => new()
    {
        Identifier = identifier,
        DocumentType = "document",
        Metadata = new JsonObject { ["parts"] = new JsonArray([.. parts.Select(p => JsonValue.Create(p))]) },
    };

    private async Task RegisterAsync(OutsideHydrater hydrater, params string[] others)
    {
        var record = $$$"""
            {"url": "{{{hydrater.Url}}}", "short_name": "outside", "description": "A test.", "filters": [{"identifier": "/^[^/]+$/"}]}
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url + "hydraters")
        {
            Content = new StringContent(record, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", AdminBasic);
        using var response = await _server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await RunOnlyAsync([hydrater.Url, .. others]);
    }

    private async Task RunOnlyAsync(params string[] urls)
    {
        var companies = _server.Get<ICompanyStore>();
        var known = await _server.Get<HydraterCatalog>().GetAsync(default);
        var company = await companies.FindAsync(_admin.Company, default);
        await companies.UpdateAsync(
            company! with { Hydraters = [.. urls.Where(u => known.Find(u) is not null)] }, default);
    }

    private string AdminBasic => "Basic " + Convert.ToBase64String(
        System.Text.Encoding.UTF8.GetBytes($"{_admin.Email}:{TestServer.AdminPassword}"));

    private async Task SetCompanyAsync(string key, bool value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, _server.Url + "company")
        {
            Content = new StringContent(
                new JsonObject { [key] = value }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", AdminBasic);
        using var response = await _server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(value, json.RootElement.GetProperty(key).GetBoolean());
    }

    private async Task<Client.Document> UntilAsync(string identifier, Func<Client.Document, bool> condition)
    {
        Client.Document? found = null;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                found = await _api.Documents.GetRawAsync(DocumentRef.ByIdentifier(identifier), default);
                return condition(found);
            }
            catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
            {
                return false;
            }
        });
        return found!;
    }

    private static async Task Refused(HttpStatusCode status, Func<Task> call) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<AnyFetchException>(call)).Status);

    private static List<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetString()!)];
}
