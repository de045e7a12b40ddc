using System.Web;
using AnyFetch.Client;
using AnyFetch.Server.Directories;
using AnyFetch.Server.Tests.Manager;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;
using Xunit.Abstractions;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>
/// A directory that changes all the time, a provider that sends it, and a server: the provider and the server are killed and
/// their connection is cut, again and again, at random. At the end what is found is what is there, file by file.
/// </summary>
public sealed class FaultRunTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_121;
    private const int ChangeMilliseconds = 100;
    private const int LooksMax = 50;
    private const string Provider = "local-directory";

    /// <summary>Differences that do not become fewer for so long will stay.</summary>
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(180);

    /// <summary>More with <c>ANYFETCH_TEST_KILLS=100 ANYFETCH_TEST_FILES=20000 ./test Server</c>.</summary>
    private static int Kills { get; } = Setting("ANYFETCH_TEST_KILLS", 3);

    private static int Files { get; } = Setting("ANYFETCH_TEST_FILES", 200);

    [Fact]
    public async Task After_any_faults_what_is_found_is_what_is_there_file_by_file()
    {
        var started = TimeProvider.System.GetTimestamp();
        var random = new Random(Seed);
        using var directory = new ChangingDirectory(Files, random.Next());
        using var data = new TempDirectory();
        var providerData = Directory.CreateDirectory(data.File("provider")).FullName;
        AllowedDirectories.Add(providerData, directory.Path);
        await using var proxy = new CuttableProxy();
        await using var server = new ServerChild(data.File("server"), "PublicUrl=" + proxy.Url.AbsoluteUri.TrimEnd('/'));
        await using var provider = new ProviderChild(Provider, providerData, proxy.Url);
        var app = await ConnectAsync(proxy, provider, data.File("server"), directory.Path);
        proxy.Target = server.Url;
        await server.StartAsync();

        using var stop = new CancellationTokenSource();
        var changing = directory.ChangeAsync(TimeSpan.FromMilliseconds(ChangeMilliseconds), stop.Token);
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 3000)), TimeProvider.System);
                var fault = (kill % 3) switch
                {
                    0 => RestartAsync(server, server.StartAsync),
                    1 => RestartAsync(provider, () => provider.StartAsync(app.Id, app.Secret)),
                    _ => CutAsync(proxy),
                };
                await fault;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await changing;
        }

        output.WriteLine(
            $"{Kills} faults ({proxy.Cuts} connections cut), {directory.Changes} changes, {directory.Files.Count} files at the end, "
            + $"after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s.");
        await AgreeAsync(server, provider, directory, Path.Combine(providerData, "providers", Provider, "provider.db"));
    }

    // The same data directory under a server in this process, so that the manager can be used to register and to connect.
    private static async Task<(string Id, string Secret)> ConnectAsync(
        CuttableProxy proxy, ProviderChild provider, string data, string directory)
    {
        await using var server = await TestServer.StartAsync(
            ("Data", data), ("PublicUrl", proxy.Url.AbsoluteUri.TrimEnd('/')));
        proxy.Target = server.Url;
        var url = provider.Url.AbsoluteUri;
        var (client, secret) = await server.AddClientAsync(
            isTrusted: true, redirectUri: url + "init/connect", providerUrl: url.TrimEnd('/'));
        await provider.StartAsync(client.Id.ToString(), secret);
        using var person = await Browser.SignedInAsync(server);
        var form = await person.FollowAsync(new Uri(proxy.Url, $"connect/{client.Id}").AbsoluteUri);
        var state = HttpUtility.ParseQueryString(form.Query)["state"]!;
        var end = await person.FollowAsync(
            $"{url}init/callback?state={Uri.EscapeDataString(state)}&path={Uri.EscapeDataString(directory)}");
        Assert.Equal("?state=success", end.Query);
        return (client.Id.ToString(), secret);
    }

    private static async Task RestartAsync(AnyFetchChild child, Func<Task> start)
    {
        await child.KillAsync();
        await start();
    }

    // A provider that waits for its server to come back has no connection for a while.
    private static async Task CutAsync(CuttableProxy proxy)
    {
        for (var look = 0; look < LooksMax && proxy.Open == 0; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        proxy.Cut();
    }

    /// <summary>Waits while there is progress; then says what differs, and what the provider knows of it.</summary>
    private async Task AgreeAsync(ServerChild server, ProviderChild provider, ChangingDirectory directory, string store)
    {
        var started = TimeProvider.System.GetTimestamp();
        var api = new AnyFetchClient(server.Http, server.Url, AnyFetchCredentials.Bearer(await server.GetTokenAsync()));
        using var owner = await SourceOwner.SignInAsync(server, api);
        var least = int.MaxValue;
        var lastProgress = started;
        while (true)
        {
            var differences = await DirectoryComparison.ListAsync(api, directory);
            if (differences.Count == 0)
            {
                output.WriteLine(
                    $"Search agreed {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s after the last change. "
                    + $"The owner was asked {owner.Questions} times.");
                return;
            }

            if (DirectoryComparison.Left(differences) is var left && left < least)
            {
                (least, lastProgress) = (left, TimeProvider.System.GetTimestamp());
            }
            else if (TimeProvider.System.GetElapsedTime(lastProgress) > PatienceMax)
            {
                await provider.KillAsync();
                Assert.Fail(
                    $"{DirectoryComparison.Tell(differences)}\nThe source is {owner.State}. {ProviderRecords.Tell(store, differences)}"
                    + $"\nThe provider's last words:\n{string.Join('\n', provider.Log.TakeLast(20))}");
            }

            await owner.LookAfterAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
