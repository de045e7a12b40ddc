using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>Documents that are the same, sent to a real server at the same time, by several sources and for several people.</summary>
public sealed class DeduplicationTests(HydrationFixture fixture) : HydrationTest(fixture)
{
    private const string Text = "The canteen closes at four on Fridays, says the quixotic cook.";

    [Fact]
    public async Task Copies_that_arrive_together_become_one_and_never_none()
    {
        for (var round = 0; round < 5; round++)
        {
            string[] names = [.. Enumerable.Range(0, 8).Select(i => $"copy {round}-{i}")];
            await Task.WhenAll(names.Select(name => SendAsync(Api, name, Text + round)));
            await Eventually.TrueAsync(async () => (await StoredAsync(names)).Count == 1, TimeSpan.FromSeconds(60), "one is left");
            var kept = Assert.Single(await StoredAsync(names));
            await HydratedAsync(kept.Identifier, "deduplicator");
            kept = Assert.Single(await StoredAsync(names));
            var aliases = kept.Data!.Value.GetProperty("aliases").EnumerateArray().Select(a => a.GetString()!);
            Assert.Equal(names.Order(), aliases.Append(kept.Identifier).Order());
        }
    }

    [Fact]
    public async Task Copies_of_two_sources_and_copies_for_other_people_stay()
    {
        var bob = await Server.AddUserAsync(Admin.Company, Guid.NewGuid().ToString("n") + "@example.org");
        var other = await NewProviderAsync();
        var admin = Admin.Id.ToString();
        await Task.WhenAll(
            SendAsync(Api, "all", Text), SendAsync(other, "other source", Text),
            SendAsync(Api, "mine", Text, admin), SendAsync(Api, "both", Text, admin, bob.Id.ToString()));
        foreach (var name in new[] { "all", "mine", "both" })
        {
            Assert.False((await HydratedAsync(name, "deduplicator")).Data!.Value.TryGetProperty("aliases", out _));
        }

        await Eventually.TrueAsync(async () =>
            (await other.Documents.GetRawAsync(DocumentRef.ByIdentifier("other source"), default)).Hydrating!.Count == 0);
        Assert.Equal(3, (await StoredAsync("all", "mine", "both")).Count);
    }

    [Fact]
    public async Task A_merged_document_that_is_sent_again_is_stored_and_judged_again()
    {
        await SendAsync(Api, "first", Text);
        await HydratedAsync("first", "deduplicator");
        await SendAsync(Api, "second", Text);
        await Eventually.TrueAsync(async () => (await StoredAsync("first", "second")).Count == 1, what: "they are merged");

        await SendAsync(Api, "first", "The canteen is closed altogether, says the xylophone player.");
        await SendAsync(Api, "second", Text);
        await FoundAsync("xylophone", "first");
        await HydratedAsync("first", "deduplicator");
        await HydratedAsync("second", "deduplicator");
        Assert.Equal(2, (await StoredAsync("first", "second")).Count);
    }

    [Fact]
    public async Task A_document_that_is_like_no_other_is_stored_with_its_hash_and_answered_as_it_was_sent()
    {
        var draft = DraftOf("single", Text + " Once.");
        var answer = await Api.Documents.PostAsync(draft, default);
        Assert.True(JsonNode.DeepEquals(draft.Metadata, JsonNode.Parse(answer.Metadata!.Value.GetRawText())));
        var stored = Assert.Single(await StoredAsync("single"));
        Assert.Equal(40, stored.Metadata!.Value.GetProperty("hash").GetString()!.Length);
        Assert.Equal("deduplicator", Assert.Single(stored.HydratedBy!).ShortName);
        Assert.Empty(stored.Hydrating!);
    }

    private static Task SendAsync(AnyFetchClient api, string name, string text, params string[] people) =>
        api.Documents.SendAsync(DraftOf(name, text, people), default);

    private static DocumentDraft DraftOf(string name, string text, params string[] people) => new()
    {
        Identifier = name,
        DocumentType = "document",
        Metadata = new JsonObject { ["title"] = "Notice", ["text"] = text },
        UserAccess = people.Length > 0 ? people : null,
    };

    private async Task<List<Client.Document>> StoredAsync(params string[] names)
    {
        var found = new List<Client.Document>();
        foreach (var name in names)
        {
            if (await FindAsync(name) is { } document)
            {
                found.Add(document);
            }
        }

        return found;
    }
}
