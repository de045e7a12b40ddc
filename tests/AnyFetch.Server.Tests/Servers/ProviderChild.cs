namespace AnyFetch.Server.Tests.Servers;

/// <summary>A provider as a process of its own, which a test may kill and start again on the same data.</summary>
/// <param name="name">Its name.</param>
/// <param name="data">Its data directory.</param>
/// <param name="core">The server that it works for.</param>
public sealed class ProviderChild(string name, string data, Uri core) : AnyFetchChild
{
    protected override string ReadyPath => "status";

    /// <summary>Starts it as an application of the server's.</summary>
    public Task StartAsync(string appId, string appSecret) => StartAsync(
        (string[])["provider", name, "--urls", Url.AbsoluteUri.TrimEnd('/'), "--core", core.AbsoluteUri, "--data", data],
        ("ANYFETCH_API_ID", appId),
        ("ANYFETCH_API_SECRET", appSecret),
        ("XDG_CONFIG_HOME", data));
}
