using System.Text.Json.Nodes;
using AnyFetch.Server.Tests.Api;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Storage;

/// <summary>A server whose disk has no room left says so, keeps what it has, and goes on when there is room.</summary>
public sealed class FullDiskTests : ApiTest
{
    private const int DiskMegabytes = 24;
    private const int AttemptsMax = 200;

    private readonly TempDirectory _directory = new();
    private SmallDisk _disk = null!;

    public override async Task InitializeAsync()
    {
        _disk = SmallDisk.Mount(_directory.File("disk"), DiskMegabytes);
        await base.InitializeAsync();
    }

    protected override Task<TestServer> NewServerAsync() => StartServerAsync(("Data", _disk.Path));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _disk.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_write_to_a_full_disk_is_refused_and_works_again_when_there_is_room()
    {
        var id = (await PostAsync("/documents", Body("kept", "before"))).Is(200).Str("id");
        _disk.Fill();

        var refused = await PostUntilFullAsync();
        refused.Is(507, "InsufficientStorage");

        // More than what was refused: something smaller might find room in what SQLite or the index has let go meanwhile.
        (await SendAsync("PATCH", $"/documents/{id}", Body("kept", new string('y', 1_000_000)))).Is(507, "InsufficientStorage");
        Assert.Equal("before", await TitleAsync(id));

        _disk.MakeRoom();
        (await SendAsync("PATCH", $"/documents/{id}", Body("kept", "after"))).Is(204);
        Assert.Equal("after", await TitleAsync(id));
    }

    [Fact]
    public async Task Nothing_of_a_refused_document_is_there_when_there_is_room_again()
    {
        _disk.Fill();
        var refused = await PostUntilFullAsync();
        refused.Is(507, "InsufficientStorage");
        var identifier = $"big-{_posted}";
        (await GetAsync($"/documents/identifier/{identifier}/raw")).Is(404, "ResourceNotFound");
        _disk.MakeRoom();
        (await GetAsync($"/documents/identifier/{identifier}/raw")).Is(404, "ResourceNotFound");
        (await PostAsync("/documents", Big(identifier))).Is(200);
        (await GetAsync($"/documents/identifier/{identifier}/raw")).Is(200);
    }

    private int _posted;

    /// <summary>What SQLite has reserved already may take a few more documents.</summary>
    private async Task<Answer> PostUntilFullAsync()
    {
        for (_posted = 0; _posted < AttemptsMax; _posted++)
        {
            var answer = await PostAsync("/documents", Big($"big-{_posted}"));
            if (answer.Status != 200)
            {
                return answer;
            }
        }

        throw new InvalidOperationException("The disk took everything.");
    }

    private async Task<string> TitleAsync(string id) =>
        (await GetAsync($"/documents/{id}/raw")).Is(200).Json.GetProperty("metadata").GetProperty("title").GetString()!;

    private static string Big(string identifier) => Body(identifier, new string('x', 400_000));

    private static string Body(string identifier, string title) => new JsonObject
    {
        ["identifier"] = identifier,
        ["document_type"] = "file",
        ["metadata"] = new JsonObject { ["title"] = title },
    }.ToJsonString();
}
