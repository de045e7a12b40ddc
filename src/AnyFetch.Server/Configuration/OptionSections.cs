using AnyFetch.Server.Http;
using AnyFetch.Server.Logs;

namespace AnyFetch.Server.Configuration;

/// <summary>Everything that can be configured, one line a concern.</summary>
public static class OptionSections
{
    /// <summary>All sections.</summary>
    public static IReadOnlyList<OptionSection> All { get; } =
    [
        OptionSection.Of<ServerOptions>(""),
        OptionSection.Of<AdminOptions>("Admin"),
        OptionSection.Of<HttpOptions>("Http"),
        OptionSection.Of<LogOptions>("Log"),
    ];
}
