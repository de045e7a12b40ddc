using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Event;
using AnyFetch.Hydraters.Tests.Hosts;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The acceptance list of hydraters.md §13, in process and over HTTP.</summary>
public abstract class EventSuite : IAsyncLifetime
{
    protected abstract IHydraterRig Rig { get; }

    [Theory]
    [InlineData("2026-03-01T09:00:00Z", "2026-03-01T09:00:00.000Z")]
    [InlineData("2026-03-01T09:00:00.250Z", "2026-03-01T09:00:00.250Z")]
    [InlineData("2026-03-01T09:00:00+02:00", "2026-03-01T07:00:00.000Z")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00.000Z")]
    public async Task An_event_is_dated_by_its_start(string start, string expected) => Assert.Equal(
        $$"""{"modification_date":"{{expected}}"}""", (await RunAsync(new JsonObject { ["startDate"] = start })).ToJsonString());

    [Fact]
    public async Task Without_a_start_nothing_changes() =>
        Assert.Equal("{}", (await RunAsync(new JsonObject { ["name"] = "Stand-up" })).ToJsonString());

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("\"\"")]
    [InlineData("\"2026-13-40\"")]
    [InlineData("42")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_start_that_is_no_date_changes_nothing(string start) =>
        Assert.Equal("{}", (await RunAsync(new JsonObject { ["startDate"] = JsonNode.Parse(start) })).ToJsonString());

    [Theory]
    [InlineData("event", true)]
    [InlineData("file", false)]
    [InlineData("document", false)]
    public void Only_events_are_taken(string type, bool isTaken)
    {
        var view = JsonDocument.Parse($$"""{"metadata":{},"documentType":{"name":"{{type}}"} }""").RootElement;
        Assert.Equal(isTaken, new EventHydrater().Descriptor.Filters.Single().Matches(view));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Rig.DisposeAsync();

    private async Task<JsonNode> RunAsync(JsonObject metadata) => (await Rig.RunAsync(
        new EventHydrater(),
        new JsonObject { ["identifier"] = "e1", ["document_type"] = "event", ["metadata"] = metadata },
        null))!;
}

public sealed class EventInProcessTests : EventSuite
{
    protected override IHydraterRig Rig { get; } = new InProcessRig();
}

public sealed class EventHttpTests : EventSuite
{
    protected override IHydraterRig Rig { get; } = new HttpRig();
}
