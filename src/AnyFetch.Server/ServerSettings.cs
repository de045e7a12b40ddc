using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server;

/// <summary>What <see cref="AnyFetchServer.Build"/> is given beside the environment.</summary>
public sealed record ServerSettings
{
    /// <summary>Settings from the command line: they win over the environment and over files.</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();

    /// <summary>A JSON file to read; null for <c>appsettings.json</c> in the data directory, if it is there.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>False to leave the environment's <c>ANYFETCH_…</c> variables out, as tests do.</summary>
    public bool UsesEnvironment { get; init; } = true;

    /// <summary>Changes the container last; for tests that need a clock of their own.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
