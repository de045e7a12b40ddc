namespace AnyFetch.Server.Providers;

/// <summary>Which provider runs alone, for whom, and where.</summary>
/// <param name="Name">The provider's name.</param>
public sealed record StandAloneProviderSettings(string Name)
{
    /// <summary>Addresses to listen on, separated by <c>;</c>.</summary>
    public string? Urls { get; init; }

    /// <summary>How browsers and the core reach it; null for the first of <see cref="Urls"/>.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The server that it works for: its manager and its API.</summary>
    public Uri? Core { get; init; }

    /// <summary>The application's id at the manager.</summary>
    public string? AppId { get; init; }

    /// <summary>The application's secret.</summary>
    public string? AppSecret { get; init; }

    /// <summary>Where the provider's own settings come from.</summary>
    public ServerSettings Configuration { get; init; } = new();

    /// <summary>Names the provider only, so that a log line cannot give the secret away.</summary>
    public override string ToString() => Name;
}
