using AnyFetch.Provider;
using AnyFetch.Server.Hydraters;
using Microsoft.Extensions.Configuration;

namespace AnyFetch.Server.Providers;

/// <summary>What all built-in providers have in common.</summary>
public sealed class ProviderHostingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Providers";

    /// <summary>
    /// Whether what anyone in a source's organisation may see is open to everyone in the company. Only right where both are
    /// the same people. Otherwise those see it whom the source names, and the connecting user.
    /// </summary>
    public bool OpenToOrganisation { get; set; }

    /// <summary>Hands the settings of a configuration to a provider. What the filecleaner would delete is not sent.</summary>
    internal static void Apply(IConfiguration configuration, AnyFetchProviderOptions options)
    {
        options.OpenToOrganisation = configuration.GetSection(Section).Get<ProviderHostingOptions>()?.OpenToOrganisation ?? false;
        options.Junk = BuiltInHydraterSections.JunkOf(configuration);
    }
}
