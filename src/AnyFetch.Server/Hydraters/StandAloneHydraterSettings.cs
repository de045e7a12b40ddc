namespace AnyFetch.Server.Hydraters;

/// <summary>What a hydrater on its own has to know.</summary>
/// <param name="Name">The short name of a built-in hydrater.</param>
public sealed record StandAloneHydraterSettings(string Name)
{
    /// <summary>Addresses to listen on, separated by semicolons; null for the default.</summary>
    public string? Urls { get; init; }

    /// <summary>How the server reaches it; null for the first of <see cref="Urls"/>.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The server that it registers with and works for; null for none.</summary>
    public Uri? Core { get; init; }

    /// <summary>An administrator's token at <see cref="Core"/>; without it nothing is registered.</summary>
    public string? Token { get; init; }

    /// <summary>Private hosts that tasks may name beside <see cref="Core"/>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>The name only: the token is nobody's business.</summary>
    public override string ToString() => Name;
}
