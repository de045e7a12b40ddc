using System.Net;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Servers;

/// <summary>A command of <c>anyfetch</c> that serves, as a process of its own which a test may kill and start again.</summary>
public abstract class AnyFetchChild : CommandChild
{
    protected AnyFetchChild()
    {
        Url = new Uri(FreePort.TakeAddress() + "/");
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    /// <summary>The path that answers 200 when it is ready.</summary>
    protected abstract string ReadyPath { get; }

    protected override void Dispose() => Http.Dispose();

    /// <summary>Starts a command and waits until it says that it is ready.</summary>
    protected async Task StartAsync(IEnumerable<string> command, params (string Name, string? Value)[] environment)
    {
        Start(command, environment);
        await Eventually.TrueAsync(
            async () => !HasEnded
                ? await IsReadyAsync()
                : throw new InvalidOperationException("The process ended:\n" + string.Join('\n', Log)),
            TimeSpan.FromSeconds(120),
            "the process is ready");
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync(ReadyPath);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
