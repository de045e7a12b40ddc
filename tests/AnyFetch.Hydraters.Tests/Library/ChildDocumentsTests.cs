using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Hydraters.Tests.Hosts;

namespace AnyFetch.Hydraters.Tests.Library;

/// <summary>Documents that hydraters make out of others (hydration.md §8), seen by the test kit's core.</summary>
public sealed class ChildDocumentsTests : IAsyncLifetime
{
    private FakeCore _core = null!;

    public async Task InitializeAsync() => _core = await FakeCore.StartAsync(default);

    public Task DisposeAsync() => _core.DisposeAsync().AsTask();

    [Fact]
    public async Task A_child_inherits_access_and_dates_points_back_and_gets_its_file()
    {
        var parent = Parent();
        parent["user_access"] = new JsonArray("5252ce4ce4cfcd16f55c0009");
        parent["creation_date"] = "2013-02-03T04:05:06.000Z";
        var outcome = await RunAsync(parent, async (children, context, stop) =>
        {
            var file = await children.FileOfAsync(new MemoryStream("hello"u8.ToArray()), 100, stop);
            await children.AddAsync(new ChildDraft { Name = "notes/hello.txt", File = file }, stop);
        });

        var child = _core.Find("mail 1/notes/hello.txt")!;
        Assert.Equal("hello"u8.ToArray(), child.File);
        Assert.Equal("file", (string?)child.Fields["document_type"]);
        Assert.Equal("/notes/hello.txt", (string?)child.Metadata["path"]);
        Assert.Equal(["mail 1"], Texts(child.Fields["related"]));
        Assert.Equal(["5252ce4ce4cfcd16f55c0009"], Texts(child.Fields["user_access"]));
        Assert.StartsWith("2013-02-03T04:05:06", (string?)child.Fields["creation_date"], StringComparison.Ordinal);
        Assert.Equal(1, (int?)child.Data["nesting"]);
        Assert.Empty(HydraterTestKit.Differences(
            outcome, """{"data":{"children":["mail 1/notes/hello.txt"]},"related":["mail 1/notes/hello.txt"]}"""));
    }

    [Fact]
    public async Task A_parent_that_the_whole_company_sees_has_children_that_the_whole_company_sees()
    {
        var parent = Parent();
        parent["user_access"] = null;
        await RunAsync(parent, (children, _, stop) => children.AddAsync(new ChildDraft { Name = "a" }, stop));
        Assert.True(_core.Find("mail 1/a")!.Fields.TryGetPropertyValue("user_access", out var access));
        Assert.Null(access);
    }

    [Fact]
    public async Task A_parent_that_nobody_sees_has_children_that_nobody_sees()
    {
        var parent = Parent();
        parent["user_access"] = new JsonArray();
        await RunAsync(parent, (children, _, stop) => children.AddAsync(new ChildDraft { Name = "a" }, stop));
        Assert.Empty(Texts(_core.Find("mail 1/a")!.Fields["user_access"]));
    }

    [Fact]
    public async Task A_second_run_meets_the_same_children_and_deletes_those_that_are_gone()
    {
        var parent = Parent();
        await RunAsync(parent, (children, _, stop) => AddAsync(children, stop, "a.txt", "a.txt", "b"));
        Assert.Equal(["mail 1/a.txt", "mail 1/a.txt (2)", "mail 1/b"], _core.Documents.Select(d => d.Identifier));

        _core.Put(new JsonObject { ["identifier"] = "somebody else's" });
        parent["data"] = new JsonObject
        {
            ["children"] = new JsonArray("mail 1/a.txt", "mail 1/a.txt (2)", "mail 1/b", "somebody else's", "mail 10/x"),
        };
        parent["related"] = new JsonArray("a friend", "mail 1/b");
        var outcome = await RunAsync(parent, (children, _, stop) => AddAsync(children, stop, "a.txt", "c"));

        Assert.Equal(["mail 1/a.txt (2)", "mail 1/b"], _core.Deleted);
        Assert.NotNull(_core.Find("somebody else's"));
        var payload = JsonNode.Parse(outcome.PayloadText!)!;
        Assert.Equal(["mail 1/a.txt", "mail 1/c"], Texts(payload["data"]!["children"]));
        Assert.Equal(["a friend", "mail 1/a.txt", "mail 1/c"], Texts(payload["related"]));
    }

    [Fact]
    public async Task A_document_that_has_no_children_any_more_forgets_them()
    {
        var parent = Parent();
        parent["data"] = new JsonObject { ["children"] = new JsonArray("mail 1/a") };
        _core.Put(new JsonObject { ["identifier"] = "mail 1/a" });
        var outcome = await RunAsync(parent, (_, _, _) => Task.CompletedTask);
        Assert.Equal(["mail 1/a"], _core.Deleted);
        Assert.Empty(HydraterTestKit.Differences(outcome, """{"data":{"children":null}}"""));
    }

    [Fact]
    public async Task The_sixth_level_of_nesting_is_a_permanent_error()
    {
        var parent = Parent();
        parent["data"] = new JsonObject { ["nesting"] = 4 };
        Assert.False((await RunAsync(parent, (children, _, stop) => AddAsync(children, stop, "a"))).HasFailed);
        Assert.Equal(5, (int?)_core.Find("mail 1/a")!.Data["nesting"]);

        parent["data"] = new JsonObject { ["nesting"] = 5 };
        var outcome = await RunAsync(parent, (children, _, stop) => AddAsync(children, stop, "b"));
        Assert.Equal("HydrationError: The document is nested deeper than 5 levels.", outcome.Error);
        Assert.False(outcome.IsTransient);
    }

    [Fact]
    public async Task More_than_a_thousand_children_are_a_permanent_error()
    {
        var names = Enumerable.Range(0, ChildDocuments.CountMax + 1).Select(i => $"{i}").ToArray();
        var outcome = await RunAsync(Parent(), (children, _, stop) => AddAsync(children, stop, names));
        Assert.StartsWith("HydrationError: ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(ChildDocuments.CountMax, _core.Documents.Count);
    }

    [Fact]
    public async Task A_core_that_fails_is_a_transient_error()
    {
        _core.RefuseWith = 503;
        var outcome = await RunAsync(Parent(), (children, _, stop) => AddAsync(children, stop, "a"));
        Assert.True(outcome.IsTransient);
    }

    [Fact]
    public async Task Without_a_token_no_children_are_possible()
    {
        var hydrater = new FakeHydrater((context, _) =>
        {
            Assert.False(context.Children.ArePossible);
            return Task.FromResult(HydrationResult.Nothing);
        }, FakeHydrater.Plain with { NeedsFile = false });
        Assert.False((await HydraterTestKit.RunAsync(hydrater, null, Parent(), default)).HasFailed);
    }

    [Theory]
    [InlineData("", "mail 1/unnamed")]
    [InlineData("/", "mail 1/unnamed")]
    [InlineData("a\0b\n", "mail 1/a_b_")]
    [InlineData("../../etc/passwd", "mail 1/../../etc/passwd")]
    [InlineData("café ☃", "mail 1/café ☃")]
    public async Task Names_become_identifiers_that_the_core_takes(string name, string identifier)
    {
        await RunAsync(Parent(), (children, _, stop) => AddAsync(children, stop, name));
        Assert.Equal([identifier], _core.Documents.Select(d => d.Identifier));
    }

    [Fact]
    public async Task Long_names_are_cut_to_different_identifiers_that_stay_the_same()
    {
        var name = new string('x', 5_000);
        await RunAsync(Parent(), (children, _, stop) => AddAsync(children, stop, name + "1", name + "2"));
        await RunAsync(Parent(), (children, _, stop) => AddAsync(children, stop, name + "1", name + "2"));
        Assert.Equal([4096, 4096], _core.Documents.Select(d => d.Identifier.Length));
    }

    [Fact]
    public async Task An_identifier_of_its_own_must_begin_with_the_parents()
    {
        var fitting = await RunAsync(Parent(), (children, _, stop) =>
            children.AddAsync(new ChildDraft { Identifier = "mail 1 - dTE=", DocumentType = "event" }, stop));
        Assert.False(fitting.HasFailed);
        var other = await RunAsync(Parent(), (children, _, stop) =>
            children.AddAsync(new ChildDraft { Identifier = "mail 2/a" }, stop));
        Assert.True(other.HasFailed);
        Assert.Single(_core.Documents);
    }

    private static async Task AddAsync(ChildDocuments children, CancellationToken stop, params string[] names)
    {
        foreach (var name in names)
        {
            await children.AddAsync(new ChildDraft { Name = name }, stop);
        }
    }

    private Task<HydrationOutcome> RunAsync(
        JsonObject parent, Func<ChildDocuments, HydrationContext, CancellationToken, Task> add)
    {
        var hydrater = new FakeHydrater(async (context, stop) =>
        {
            await add(context.Children, context, stop);
            await context.Children.CompleteAsync(stop);
            return HydrationResult.Changed(context.Changes);
        }, FakeHydrater.Plain with { NeedsFile = false });
        return HydraterTestKit.RunAsync(hydrater, null, parent, _core, default);
    }

    private static JsonObject Parent() => new()
    {
        ["id"] = "5252ce4ce4cfcd16f55c0001",
        ["identifier"] = "mail 1",
        ["document_type"] = "email",
        ["metadata"] = new JsonObject(),
        ["data"] = new JsonObject(),
    };

    private static List<string> Texts(JsonNode? list) => [.. list!.AsArray().Select(e => (string)e!)];
}
