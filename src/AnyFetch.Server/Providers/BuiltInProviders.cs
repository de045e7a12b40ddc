using Microsoft.Extensions.Configuration;

namespace AnyFetch.Server.Providers;

/// <summary>Which of the providers that come with the server can run here, by the configuration.</summary>
internal sealed class BuiltInProviders(IConfiguration configuration)
{
    /// <summary>Those that have all they need.</summary>
    public IReadOnlyList<BuiltInProvider> Configured { get; } =
        [.. BuiltInProvider.All.Where(provider => provider.MissingKeys(configuration).Count == 0)];

    /// <summary>Those that lack a setting.</summary>
    public IReadOnlyList<BuiltInProvider> Missing { get; } =
        [.. BuiltInProvider.All.Where(provider => provider.MissingKeys(configuration).Count > 0)];
}
