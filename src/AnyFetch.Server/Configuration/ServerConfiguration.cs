using Microsoft.Extensions.Configuration;

namespace AnyFetch.Server.Configuration;

/// <summary>Puts the configuration together: file, then environment, then command line; the last one wins.</summary>
internal static class ServerConfiguration
{
    /// <summary>Variables that are the start script's or the command line's, not the server's.</summary>
    private static readonly HashSet<string> s_notOurs = new(StringComparer.OrdinalIgnoreCase)
    {
        "ANYFETCH_SERVER", "ANYFETCH_TOKEN", "ANYFETCH_SAMPLES", "ANYFETCH_API_ID", "ANYFETCH_API_SECRET",
    };

    /// <summary>Stands for the server's own address until that is known.</summary>
    public const string OwnUrl = "http://localhost";

    /// <exception cref="ConfigurationFaultException">With every fault that was found.</exception>
    public static IConfigurationRoot Load(ServerSettings settings, IReadOnlyList<OptionSection> sections)
    {
        IReadOnlyDictionary<string, string?> variables = new Dictionary<string, string?>();
        IReadOnlyList<string> unknown = [];
        if (settings.UsesEnvironment)
        {
            (variables, unknown) = EnvironmentKeys.Read(
                Environment.GetEnvironmentVariables(), sections.SelectMany(s => s.Keys), s_notOurs);
        }

        var data = settings.Overrides.GetValueOrDefault(nameof(ServerOptions.Data))
            ?? variables.GetValueOrDefault(nameof(ServerOptions.Data))
            ?? new ServerOptions().Data;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Defaults(data))
            .AddJsonFile(PathOf(settings, data), optional: settings.ConfigurationFile is null, reloadOnChange: false)
            .AddInMemoryCollection(variables)
            .AddInMemoryCollection(settings.Overrides)
            .Build();
        SplitLists(configuration, sections);
        var faults = unknown.Select(name => $"{name} is no setting.")
            .Concat(ConfigurationCheck.FindFaults(configuration, sections))
            .ToList();
        return faults.Count == 0 ? configuration : throw new ConfigurationFaultException(faults);
    }

    /// <summary>What follows from other settings.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> Defaults(string data) =>
    [
        new("Store:DataDirectory", data),
        new("Search:DataDirectory", Path.Combine(data, "search")),
        new("Hydration:BaseUrl", OwnUrl),
    ];

    private static string PathOf(ServerSettings settings, string data) =>
        Path.GetFullPath(settings.ConfigurationFile ?? Path.Combine(data, "appsettings.json"));

    /// <summary>A list that was given as one text, <c>a,b</c>, becomes the keys that the binder reads.</summary>
    internal static void SplitLists(IConfigurationRoot configuration, IReadOnlyList<OptionSection> sections)
    {
        foreach (var list in sections.SelectMany(s => s.Keys).Where(k => k.IsList))
        {
            if (configuration[list.Path] is not { } text)
            {
                continue;
            }

            configuration[list.Path] = null;
            var values = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < values.Length; i++)
            {
                configuration[$"{list.Path}:{i}"] = values[i];
            }
        }
    }
}
