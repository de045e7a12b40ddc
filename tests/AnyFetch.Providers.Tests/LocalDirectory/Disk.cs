using System.Text.Json.Nodes;
using AnyFetch.Provider;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AnyFetch.Providers.Tests.LocalDirectory;

/// <summary>A directory, connected as account T.</summary>
internal sealed class Disk : IAsyncDisposable
{
    private readonly TempDirectory _files = new();
    private readonly TempDirectory _store = new();
    private Action<LocalDirectoryProviderOptions> _configure = _ => { };

    public required FakePlatform Platform { get; init; }

    public TestHost Host { get; private set; } = null!;

    public string Root => _files.File("root");

    public static async Task<Disk> StartAsync(
        Action<LocalDirectoryProviderOptions>? configure = null, bool watch = false, int concurrency = 4,
        long fileBytesMax = 1 << 20, string? cursor = null)
    {
        var disk = new Disk { Platform = await FakePlatform.StartAsync() };
        Directory.CreateDirectory(disk.Root);
        disk._configure = options =>
        {
            options.AllowedRoots.Add(disk.Root);
            options.Watch = watch;
            options.GrowthMilliseconds = 0;
            configure?.Invoke(options);
        };
        disk.Host = await TestHost.StartAsync<LocalDirectoryProvider>(
            disk.Platform,
            disk._store.Path,
            services => services.Configure(disk._configure),
            options =>
            {
                options.DebounceSeconds = watch ? 0 : 3600;
                options.ListingAheadCaps = 0;
                options.Concurrency = concurrency;
                options.FileBytesMax = fileBytesMax;
            });
        await disk.Host.AddAccountAsync("T", $$"""{"path":"{{disk.Root}}"}""", cursor, disk.Root);
        return disk;
    }

    public LocalDirectoryProvider Provider()
    {
        var options = new LocalDirectoryProviderOptions();
        _configure(options);
        return new LocalDirectoryProvider(Options.Create(options));
    }

    public string PathOf(string name) => Path.Combine(Root, name);

    public void Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), "content of " + name);
    }

    public Task RunAsync() => Host.RunAsync("T");

    public JsonObject Document(string path) =>
        Platform.Documents.Single(pair => pair.Key.Identifier.EndsWith(path, StringComparison.Ordinal)).Value;

    public byte[] FileOf(string path) =>
        Platform.Files.Single(pair => pair.Key.Identifier.EndsWith(path, StringComparison.Ordinal)).Value;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Platform.DisposeAsync();
        _store.Dispose();
        _files.Dispose();
    }
}
