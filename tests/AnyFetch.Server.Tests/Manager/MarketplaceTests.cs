using System.Net;
using System.Text.Json;
using AnyFetch.Core.Clients;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Manager;

public sealed class MarketplaceTests
{
    [Fact]
    public async Task Check_18_it_lists_providers_to_everybody_and_both_flags_intersect()
    {
        await using var server = await TestServer.StartAsync();
        await AddAsync(server, "Plain", isTrusted: false, isFeatured: false);
        await AddAsync(server, "Trusted", isTrusted: true, isFeatured: false);
        await AddAsync(server, "Featured", isTrusted: false, isFeatured: true);
        await AddAsync(server, "Both", isTrusted: true, isFeatured: true);
        await server.AddAppAsync();

        Assert.Equal(["Both", "Featured", "Plain", "Trusted"], await ListAsync(server, ""));
        Assert.Equal(["Both", "Trusted"], await ListAsync(server, "?trusted=true"));
        Assert.Equal(["Both", "Featured"], await ListAsync(server, "?featured=1"));
        Assert.Equal(["Both"], await ListAsync(server, "?trusted=true&featured=TRUE"));
        Assert.Equal(["Both", "Featured", "Plain", "Trusted"], await ListAsync(server, "?trusted=false"));
        using var wrong = await server.Http.GetAsync("/marketplace.json?trusted=maybe");
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
    }

    [Fact]
    public async Task An_entry_names_its_developer_and_any_page_may_read_it()
    {
        await using var server = await TestServer.StartAsync();
        await AddAsync(server, "Mine", isTrusted: false, isFeatured: false);

        using var answer = await server.Http.GetAsync("/marketplace.json");
        var all = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        var entry = all.EnumerateArray().Single(e => e.GetProperty("name").GetString() == "Mine");

        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(server.AdminUser.Name, entry.GetProperty("developer").GetProperty("name").GetString());
        Assert.Equal(24, entry.GetProperty("id").GetString()!.Length);
        Assert.False(entry.TryGetProperty("description", out _));
    }

    private static async Task AddAsync(TestServer server, string name, bool isTrusted, bool isFeatured)
    {
        var (client, _) = await server.AddClientAsync(name, isTrusted);
        await server.Get<IClientStore>().PutAsync(
            client with { IsFeatured = isFeatured, Developer = server.AdminUser.Id }, null, default);
    }

    /// <summary>The names, those of the built-in providers left out.</summary>
    private static async Task<string[]> ListAsync(TestServer server, string query)
    {
        using var answer = await server.Http.GetAsync("/marketplace.json" + query);
        var all = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return [.. all.EnumerateArray()
            .Where(e => e.GetProperty("developer").GetProperty("name").GetString() != "AnyFetch")
            .Select(e => e.GetProperty("name").GetString()!)
            .Order()];
    }
}
