using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Hydraters.Deduplicator;
using AnyFetch.Hydraters.Tests.Hosts;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §14, in process and over HTTP.</summary>
public abstract class DeduplicatorSuite : IAsyncLifetime
{
    private const string Text = "a text of more than thirty-two characters";

    private readonly DeduplicatorHydrater _hydrater = new(new DeduplicatorHydraterOptions());

    protected abstract IHydraterRig Rig { get; }

    [Fact]
    public void Hydrater_check_18_the_canonical_hash_is_as_given()
    {
        Assert.Equal(
            "ff12c2915b580a5500aefe5c013a565c51ab4b09", Hash("""{"title":"Quote 7","tags":["b","a"],"total":12.5,"paid":true}"""));
        Assert.Equal(
            Hash("""{"title":"Quote 7","tags":["b","a"],"total":12.5,"paid":true}"""),
            Hash("""{"paid":true,"hash":"x","total":1250e-2,"tags":["a","b"],"title":"Quote 7"}"""));
        Assert.NotEqual(Hash("""{"paid":true}"""), Hash("""{"paid":false}"""));
        Assert.NotEqual(Hash("""{"a":"b\",\"c"}"""), Hash("""{"a":"b","c":""}"""));
        Assert.Equal(Hash("""{"text":"t"}"""), CanonicalHash.Of(JsonDocument.Parse("""{"text":"t","path":"/b"}""").RootElement, ["text"]));
    }

    [Fact]
    public async Task Of_three_equal_documents_the_newest_is_kept_and_names_the_others()
    {
        var core = await Rig.CoreAsync();
        Put(core, "a", 2);
        Put(core, "b", 1);
        var newest = Put(core, "c", 3);
        var hash = await KeepAsync(core, newest);
        Assert.Equal(Hash(newest.Metadata.ToJsonString()), hash);
        Assert.Equal(["c"], core.Documents.Select(d => d.Identifier));
        Assert.Equal(["a", "b"], Aliases(newest).Order());
        Assert.Equal(["a", "b"], core.Deleted.Order());
    }

    [Fact]
    public async Task Without_aliases_the_copies_go_without_a_trace()
    {
        var core = await Rig.CoreAsync();
        Put(core, "a", 1).Fields["related"] = new JsonArray("5252ce4ce4cfcd16f55c0009");
        var newest = Put(core, "b", 2, new JsonObject { ["aliases"] = new JsonArray("x") });
        await KeepAsync(core, newest, new DeduplicatorHydrater(new DeduplicatorHydraterOptions { ListsAliases = false }));
        Assert.Equal(["a"], core.Deleted);
        Assert.Equal(["x"], Aliases(newest));
        Assert.Null(newest.Fields["related"]);
    }

    [Fact]
    public async Task The_current_document_goes_without_a_callback_when_it_is_the_oldest()
    {
        var core = await Rig.CoreAsync();
        var oldest = Put(core, "a", 1);
        var newest = Put(core, "b", 2, new JsonObject { ["aliases"] = new JsonArray("x") });
        Assert.Null(await Rig.RunAsync(_hydrater, TaskOf(oldest), null));
        Assert.Contains("a", Rig.Deleted.Concat(core.Deleted));
        Assert.Equal(["x", "a"], Aliases(newest));
    }

    [Fact]
    public async Task Of_two_of_one_time_the_later_one_is_kept_whoever_is_judged()
    {
        var core = await Rig.CoreAsync();
        Put(core, "a", 1);
        var second = Put(core, "b", 1);
        await KeepAsync(core, second);
        Assert.Equal(["b"], core.Documents.Select(d => d.Identifier));
        var third = Put(core, "c", 1);
        Assert.Null(await Rig.RunAsync(_hydrater, TaskOf(second), null));
        Assert.Equal(["b", "a"], Aliases(third));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"path":"/a","title":"b","author":"c","pages":1,"hash":"d"}""")]
    [InlineData("""{"text":"too short"}""")]
    public async Task Documents_that_say_too_little_are_left_alone(string metadata)
    {
        var core = await Rig.CoreAsync();
        var (one, two) = (Put(core, "a", 1), Put(core, "b", 2));
        foreach (var document in new[] { one, two })
        {
            document.Fields["metadata"] = JsonNode.Parse(metadata);
        }

        Assert.Equal("{}", (await Rig.RunAsync(_hydrater, TaskOf(two), null))!.ToJsonString());
        Assert.Equal(2, core.Documents.Count);
    }

    [Theory]
    [InlineData("user_access", """["u2"]""")]
    [InlineData("user_access", "[]")]
    [InlineData("user_access", "null")]
    [InlineData("provider", """{"id":"p2"}""")]
    [InlineData("document_type", "\"document\"")]
    [InlineData("hydrating", """[{"short_name":"plaintext"}]""")]
    [InlineData("metadata", """{"path":"/x","text":"another text of more than thirty-two characters","hash":"$"}""")]
    public async Task What_differs_in_what_counts_is_left_alone(string key, string value)
    {
        var core = await Rig.CoreAsync();
        var (other, current) = (Put(core, "a", 1), Put(core, "b", 2));
        // The index may say that it is a copy; the store knows better.
        other.Fields[key] = JsonNode.Parse(value.Replace("$", Hash(current.Metadata.ToJsonString()), StringComparison.Ordinal));
        await KeepAsync(core, current);
        Assert.Equal(2, core.Documents.Count);
        Assert.Empty(Aliases(current));
    }

    [Fact]
    public async Task The_order_of_the_people_who_may_see_it_does_not_count()
    {
        var core = await Rig.CoreAsync();
        var (other, current) = (Put(core, "a", 1), Put(core, "b", 2));
        other.Fields["user_access"] = new JsonArray("u1", "u0");
        current.Fields["user_access"] = new JsonArray("u0", "u1");
        await KeepAsync(core, current);
        Assert.Single(core.Documents);
    }

    [Fact]
    public async Task Children_stay_with_their_parents_and_go_with_them()
    {
        var core = await Rig.CoreAsync();
        var child = Put(core, "mail/a.txt", 2, new JsonObject { ["nesting"] = 1 });
        Put(core, "other/a.txt", 1, new JsonObject { ["nesting"] = 1 });
        Assert.Equal("{}", (await Rig.RunAsync(_hydrater, TaskOf(child), null))!.ToJsonString());
        Assert.Equal(2, core.Documents.Count);

        Put(core, "mail", 3, new JsonObject { ["children"] = new JsonArray("mail/a.txt", "elsewhere") });
        var copy = Put(core, "copy", 4);
        copy.Fields["related"] = new JsonArray("r1");
        core.Find("mail")!.Fields["related"] = new JsonArray("r1", "r2");
        await KeepAsync(core, copy);
        Assert.Equal(["mail/a.txt", "mail"], core.Deleted);
        Assert.Equal("""["r1","r2"]""", copy.Fields["related"]!.ToJsonString());
    }

    [Fact]
    public async Task A_pair_that_somebody_judges_the_other_way_is_left_alone()
    {
        var core = await Rig.CoreAsync();
        var (other, current) = (Put(core, "a", 1), Put(core, "b", 2));
        other.Fields["data"] = new JsonObject { ["absorbed"] = current.Id };
        await KeepAsync(core, current);
        Assert.Equal(2, core.Documents.Count);
        Assert.Empty(Aliases(current));
        Assert.Null(current.Data["absorbed"]);
    }

    [Fact]
    public async Task A_copy_that_is_not_in_the_index_yet_is_found()
    {
        var core = await Rig.CoreAsync();
        var (first, second) = (Put(core, "a", 1, isIndexed: false), Put(core, "b", 2, isIndexed: false));
        await KeepAsync(core, first);
        await KeepAsync(core, second);
        Assert.Equal(["b"], core.Documents.Select(d => d.Identifier));
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var core = await Rig.CoreAsync();
        var only = Put(core, "a", 1);
        only.Metadata["hash"] = await KeepAsync(core, only);
        Assert.Equal("{}", (await Rig.RunAsync(_hydrater, TaskOf(only), null))!.ToJsonString());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    /// <summary>A document as a provider sent it; those that are indexed have been through here before.</summary>
    private static FakeDocument Put(FakeCore core, string identifier, int day, JsonObject? data = null, bool isIndexed = true)
    {
        var metadata = new JsonObject { ["path"] = "/x", ["text"] = Text };
        if (isIndexed)
        {
            metadata["hash"] = Hash(metadata.ToJsonString());
        }

        return core.Put(new JsonObject
        {
            ["identifier"] = identifier,
            ["metadata"] = metadata,
            ["data"] = data ?? [],
            ["user_access"] = new JsonArray("u1"),
            ["provider"] = new JsonObject { ["id"] = "p1" },
            ["modification_date"] = $"2026-01-0{day}T00:00:00.000Z",
        });
    }

    private static JsonObject TaskOf(FakeDocument document)
    {
        var task = (JsonObject)document.Fields.DeepClone();
        task["access_token"] = FakeCore.AccessToken;
        return task;
    }

    /// <summary>Runs it for a document that is kept; its hash.</summary>
    private async Task<string> KeepAsync(FakeCore core, FakeDocument document, DeduplicatorHydrater? hydrater = null)
    {
        Assert.NotNull(core.Find(document.Identifier));
        var task = TaskOf(document);
        ((JsonObject)task["metadata"]!).Remove("hash");
        return (string)(await Rig.RunAsync(hydrater ?? _hydrater, task, null))!["metadata"]!["hash"]!;
    }

    private static IEnumerable<string> Aliases(FakeDocument document) =>
        document.Data["aliases"] is JsonArray names ? names.Select(name => (string)name!) : [];

    private static string Hash(string metadata) => CanonicalHash.Of(JsonDocument.Parse(metadata).RootElement, []);
}

public sealed class DeduplicatorInProcessTests : DeduplicatorSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class DeduplicatorHttpTests : DeduplicatorSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
