using System.Globalization;

namespace AnyFetch.Bench;

/// <summary>What a run measures, given as <c>name=value</c>.</summary>
internal sealed record BenchOptions(IReadOnlyDictionary<string, string> Values)
{
    private const string PostgreSql = "PostgreSql";

    /// <summary>Every name with what it means.</summary>
    public static IReadOnlyDictionary<string, string> Known { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["documents"] = "how many documents",
        ["connections"] = "how many connections at once",
        ["hydraters"] = "ingest: 'default' for a company with the default hydraters, else none",
        ["seconds"] = "how long",
        ["files"] = "how many files in the directory",
        ["kinds"] = "docx, pdf, photo, mixed: which of them, with commas",
        ["megabytes"] = "how long the uploaded file is",
        ["type"] = "Sqlite or PostgreSql, for which a server of its own is started",
        ["postgres"] = "the connection string of a PostgreSQL that runs already",
    };

    /// <summary>Whether the run starts a PostgreSQL of its own.</summary>
    public bool StartsPostgreSql => Get("postgres") is null
        && PostgreSql.Equals(Get("type"), StringComparison.OrdinalIgnoreCase);

    public static BenchOptions Parse(string[] args) => new(args
        .Select(a => a.Split('=', 2))
        .ToDictionary(a => a[0], a => a.Length > 1 ? a[1] : "true", StringComparer.OrdinalIgnoreCase));

    /// <summary>What is wrong with the options, in words; null when nothing is.</summary>
    public string? FindFault()
    {
        if (Values.Keys.FirstOrDefault(name => !Known.ContainsKey(name)) is { } unknown)
        {
            return $"'{unknown}' is not known. The names are {string.Join(", ", Known.Keys)}.";
        }

        return Get("type") is { } type && !PostgreSql.Equals(type, StringComparison.OrdinalIgnoreCase)
            && !"Sqlite".Equals(type, StringComparison.OrdinalIgnoreCase)
                ? "'type' is Sqlite or PostgreSql."
                : null;
    }

    public int Get(string name, int otherwise) =>
        Values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public string? Get(string name) => Values.GetValueOrDefault(name);
}
