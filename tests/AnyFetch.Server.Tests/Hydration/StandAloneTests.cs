using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Core.Companies;
using AnyFetch.Server.Hydraters;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;
using Microsoft.AspNetCore.Builder;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>A built-in hydrater as a server of its own: it registers itself and does what it does inside.</summary>
public sealed class StandAloneTests
{
    [Fact]
    public async Task A_hydrater_on_its_own_registers_and_gives_what_the_one_inside_gives()
    {
        await using var server = await TestServer.StartAsync();
        var (_, token) = await server.AddTokenAsync();
        var api = server.ClientOf(token);
        var inside = await HydrateAsync(api, "inside");

        await using var hydrater = StandAlone(server)!;
        await hydrater.StartAsync();
        var url = StandAloneHydrater.UrlOf(hydrater).AbsoluteUri;
        await RunOnlyAsync(server, url);
        var outside = await HydrateAsync(api, "outside");

        Assert.Equal(url, outside.HydratedBy!.Single().Url);
        Assert.NotEqual(url, inside.HydratedBy!.Single().Url);
        Assert.True(JsonElement.DeepEquals(inside.Metadata!.Value, outside.Metadata!.Value), $"{outside.Metadata}");
        Assert.True(JsonElement.DeepEquals(inside.Data!.Value, outside.Data!.Value), $"{outside.Data}");
        Assert.Equal(inside.DocumentType!.Id, outside.DocumentType!.Id);
        await hydrater.StopAsync();
    }

    [Fact]
    public async Task A_second_start_changes_the_registration_that_is_there()
    {
        await using var server = await TestServer.StartAsync();
        var draft = new HydraterDraft { Url = "http://127.0.0.1:1/hydrate", ShortName = "mine", Description = "First." };
        var first = await server.Admin.Hydraters.PutAsync(draft, default);
        var second = await server.Admin.Hydraters.PutAsync(draft with { ShortName = "ours", Priority = 3 }, default);
        Assert.Equal((first.Id, "ours"), (second.Id, second.ShortName));
        Assert.Single(await server.Admin.Hydraters.ListAsync(default), h => h.Url == draft.Url);

        var other = await server.AddCompanyAsync("other@example.org");
        var refusal = await Assert.ThrowsAsync<AnyFetchException>(() => server
            .ClientOf(other.Email, TestServer.AdminPassword).Hydraters.PutAsync(draft, default));
        Assert.Equal("InvalidArgument", refusal.Code);
        await server.Admin.Hydraters.DeleteAsync(first.Id, default);
        Assert.DoesNotContain(await server.Admin.Hydraters.ListAsync(default), h => h.Url == draft.Url);
    }

    [Fact]
    public void Only_built_in_hydraters_can_be_asked_for() =>
        Assert.Null(StandAloneHydrater.Build(new StandAloneHydraterSettings("nobody")));

    private static WebApplication? StandAlone(TestServer server) => StandAloneHydrater.Build(
        new StandAloneHydraterSettings("plaintext")
        {
            Urls = "http://127.0.0.1:0",
            Core = server.Url,
            Token = server.AdminToken,
        });

    /// <summary>Waits for the registration, which enables the hydrater, and takes all others out.</summary>
    private static async Task RunOnlyAsync(TestServer server, string url)
    {
        var companies = server.Get<ICompanyStore>();
        await Eventually.TrueAsync(async () =>
            (await companies.FindAsync(server.AdminUser.Company, default))!.Hydraters.Contains(url));
        var company = await companies.FindAsync(server.AdminUser.Company, default);
        await companies.UpdateAsync(company! with { Hydraters = [url] }, default);

        // What the engine knows about a company is a second old at most.
        await Eventually.TrueAsync(async () =>
        {
            var matches = await server.Get<Core.Hydration.IHydration>().MatchAsync(Any(server), default);
            return matches.Count == 1 && matches[0].Hydrater.Url == url;
        });
    }

    private static Core.Documents.Document Any(TestServer server) => new()
    {
        Id = default,
        Company = server.AdminUser.Company,
        Provider = default,
        Identifier = Core.Documents.Identifier.Parse("any"),
        Type = Core.DocumentTypes.BuiltInDocumentTypes.File,
        CreationDate = default,
        ModificationDate = default,
        Metadata = Core.Json.JsonFields.Empty,
    };

    private static async Task<Document> HydrateAsync(AnyFetchClient api, string identifier)
    {
        var reference = DocumentRef.ByIdentifier(identifier);
        await api.Documents.SendAsync(
            new DocumentDraft { Identifier = identifier, Metadata = new() { ["path"] = "/same.html" } }, default);
        var content = "<html><head><title>Hello</title></head><body><p>Some <b>bold</b> words</p></body></html>"u8.ToArray();
        var file = new DocumentFile { Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(content)) };
        await api.Documents.UploadFileAsync(reference, file, default);
        await Eventually.TrueAsync(
            async () => (await api.Documents.GetRawAsync(reference, default)).HydratedBy!.Count > 0);
        return await api.Documents.GetRawAsync(reference, default);
    }
}
