using AnyFetch.Emulators;
using AnyFetch.Emulators.Box;

namespace AnyFetch.Server.Tests.Providers;

/// <summary>What a person does with Box: connects it in the manager and searches.</summary>
public sealed class BoxConnectionTests() : ConnectionTest("box", "Box")
{
    private BoxEmulator _box = null!;

    protected override string AccountName => BoxEmulator.Login;

    protected override IEnumerable<(string Key, string Value)> Settings =>
    [
        ("ClientId", BoxEmulator.ClientId),
        ("ClientSecret", BoxEmulator.ClientSecret),
        ("AuthorizeUrl", new Uri(_box.Url, "api/oauth2/authorize").AbsoluteUri),
        ("ApiUrl", _box.Url.AbsoluteUri),
    ];

    [Fact]
    public async Task A_person_connects_and_searches()
    {
        var garden = _box.Files.AddFolder("Garden");
        _box.Files.AddFile("Roses.txt", "The roses want water.", garden.Id);
        var source = await ConnectAsync();
        await FindAsync("water", 1);
        _box.Files.AddFile("Spade.txt", "The spade is blunt.");
        _box.Files.Trash(garden.Id);
        await PressAsync(source, "update");
        await FindAsync("blunt", 1);
        await FindAsync("water", 0);
    }

    protected override async Task<SourceEmulator> StartSourceAsync() => _box = await BoxEmulator.StartAsync();
}
