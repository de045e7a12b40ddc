using System.Text.Json.Nodes;
using AnyFetch.Certification;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>The source's readers become users of the company (provider-protocol, section 9, permissions).</summary>
public sealed class ReaderTests
{
    private static ItemAccess Named(params string[] emails) => new() { Emails = emails };

    private static async Task<Scene> StartAsync(Action<AnyFetchProviderOptions>? configure, params SyncItem.Upsert[] items)
    {
        var scene = await Scene.StartAsync(configure);
        scene.Platform.Readers["bob@corp.test"] = "id-of-bob";
        scene.Platform.Readers["eve@corp.test"] = "id-of-eve";
        scene.Script.Yields([.. items]);
        await scene.Host.RunAsync("T");
        return scene;
    }

    private static JsonNode? Access(Scene scene, string identifier = "a") =>
        scene.Platform.Documents[("T", identifier)]["user_access"];

    private static IEnumerable<string> Users(Scene scene, string identifier = "a") =>
        Access(scene, identifier)!.AsArray().Select(user => (string)user!).Order(StringComparer.Ordinal);

    private static SyncItem.Upsert Item(ItemAccess access, string identifier = "a") =>
        new(identifier) { Version = access.Fingerprint(), ContentVersion = "1", Access = access };

    [Fact]
    public async Task Addresses_that_are_users_open_a_document_and_unknown_ones_are_dropped()
    {
        await using var scene = await StartAsync(null, Item(Named(" Bob@Corp.test ", "stranger@else.test")));
        Assert.Equal(["T", "id-of-bob"], Users(scene));
        Assert.Empty(await scene.Host.ErrorsAsync("T"));
    }

    [Fact]
    public async Task Groups_are_expanded_and_asked_for_once_a_run()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.Readers["bob@corp.test"] = "id-of-bob";
        var asked = new List<string>();
        scene.Script.Members = group =>
        {
            asked.Add(group);
            return ["bob@corp.test", "stranger@else.test"];
        };
        scene.Script.Yields(
            Item(new ItemAccess { Groups = ["g1"] }), Item(new ItemAccess { Groups = ["g1"] }, "b"),
            Item(Named("bob@corp.test"), "c"));
        await scene.Host.RunAsync("T");
        Assert.Equal(["g1"], asked);
        Assert.Single(scene.Platform.Of("POST /readers"));
        Assert.All("abc", name => Assert.Equal(["T", "id-of-bob"], Users(scene, name.ToString())));
    }

    [Fact]
    public async Task A_group_whose_members_nobody_tells_opens_nothing_and_is_reported()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.Readers["bob@corp.test"] = "id-of-bob";
        scene.Script.Members = _ => null;
        scene.Script.Yields(Item(new ItemAccess { Emails = ["bob@corp.test"], Groups = ["g1"] }));
        await scene.Host.RunAsync("T");
        Assert.Equal(["T", "id-of-bob"], Users(scene));
        Assert.Equal("GroupUnreadable", Assert.Single(await scene.Host.ErrorsAsync("T")).Code);
    }

    [Fact]
    public async Task Nobody_known_leaves_the_connecting_user_alone_and_is_reported()
    {
        await using var scene = await StartAsync(null, Item(Named("stranger@else.test")), Item(new ItemAccess(), "b"));
        Assert.Equal(["T"], Users(scene));
        Assert.Equal(["T"], Users(scene, "b"));
        var errors = (await scene.Host.ErrorsAsync("T")).ToDictionary(error => error.Identifier, error => error.Code);
        Assert.Equal(("ReadersUnknown", "AccessUnknown"), (errors["a"], errors["b"]));
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync("T")).Outcome);
    }

    [Fact]
    public async Task What_only_the_connecting_account_may_see_is_no_error()
    {
        await using var scene = await StartAsync(null, Item(Named("ANN@source.test")));
        Assert.Equal(["T"], Users(scene));
        Assert.Empty(await scene.Host.ErrorsAsync("T"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Anyone_in_the_organisation_is_the_company_only_when_the_administrator_says_so(bool allowed)
    {
        await using var scene = await StartAsync(
            options => options.OpenToOrganisation = allowed,
            Item(new ItemAccess { IsOrganisation = true, Emails = ["bob@corp.test"] }));
        Assert.True(scene.Platform.Documents[("T", "a")].ContainsKey("user_access"));
        if (allowed)
        {
            Assert.Null(Access(scene));
        }
        else
        {
            Assert.Equal(["T", "id-of-bob"], Users(scene));
        }
    }

    [Fact]
    public async Task An_unknown_word_of_the_source_wins_over_the_documents_own()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Fetch = (_, _, _) => Task.FromResult<FetchResult>(new FetchResult.Send(
            new DocumentDraft { OpenToCompany = true }, null) { Access = ItemAccess.Unknown });
        scene.Script.Yields(new SyncItem.Upsert("a"));
        await scene.Host.RunAsync("T");
        Assert.Equal(["T"], Users(scene));
        Assert.Equal("AccessUnknown", Assert.Single(await scene.Host.ErrorsAsync("T")).Code);
    }

    [Fact]
    public async Task Readers_that_change_are_sent_without_the_file_and_a_run_for_permissions_asks_no_fetcher()
    {
        await using var scene = await StartAsync(null, Item(Named("bob@corp.test")));
        scene.Script.Yields(Item(Named("eve@corp.test")));
        await scene.Host.RunAsync("T");
        Assert.Equal(["T", "id-of-eve"], Users(scene));

        scene.Script.Fetch = (_, _, _) => throw new InvalidOperationException("The fetcher was asked.");
        scene.Script.Yields(Item(Named("bob@corp.test", "eve@corp.test")));
        await scene.Host.RunAsync("T", ("permissions", "1"));
        Assert.Equal(["T", "id-of-bob", "id-of-eve"], Users(scene));
        Assert.Single(scene.Platform.Of("POST /documents"));
    }

    [Fact]
    public async Task A_core_that_cannot_tell_users_opens_nothing()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.Intercept = call => call.Key == "POST /readers" ? new ForcedReply(404) : null;
        scene.Script.Yields(Item(Named("bob@corp.test")), Item(Named("eve@corp.test"), "b"));
        await scene.Host.RunAsync("T");
        Assert.Equal(["T"], Users(scene));
        Assert.Single(scene.Platform.Of("POST /readers"));
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync("T")).Outcome);
    }

    [Fact]
    public void A_fingerprint_ignores_order_and_case_and_sees_every_reader()
    {
        var one = new ItemAccess { Emails = ["a@x", "B@x"], Groups = ["g"] };
        Assert.Equal(one.Fingerprint(), new ItemAccess { Emails = ["b@x ", "A@x"], Groups = ["g"] }.Fingerprint());
        ItemAccess[] others =
        [
            one with { Groups = [] }, one with { Emails = ["a@x"] }, one with { IsOrganisation = true },
            one with { IsUnknown = true }, new() { Emails = ["a@x", "b@x", "g"] },
        ];
        Assert.All(others, other => Assert.NotEqual(one.Fingerprint(), other.Fingerprint()));
    }
}
