namespace AnyFetch.Core.AccessTokens;

/// <summary>The names that scopes have on the wire.</summary>
public static class ScopeNames
{
    private static readonly (Scopes Scope, string Name)[] s_names =
    [
        .. from resource in (string[])["documents", "document_types", "users", "companies", "tokens", "hydraters"]
           from verb in (string[])["read", "write", "delete"]
           select $"{verb}_{resource}" into name
           select (Enum.Parse<Scopes>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true), name),
    ];

    private static readonly Dictionary<string, Scopes> s_scopes = s_names.ToDictionary(n => n.Name, n => n.Scope);

    /// <summary>What a provider usually asks for: to read, write and delete documents.</summary>
    public const Scopes Provider = Scopes.ReadDocuments | Scopes.WriteDocuments | Scopes.DeleteDocuments;

    /// <summary>The names of a set of scopes, in the specification's order.</summary>
    public static IReadOnlyList<string> ToNames(Scopes scopes) =>
        [.. s_names.Where(n => scopes.HasFlag(n.Scope)).Select(n => n.Name)];

    /// <summary>The name of one scope.</summary>
    public static string ToName(Scopes scope) => ToNames(scope).Single();

    /// <summary>Reads one name; false when there is no such scope.</summary>
    public static bool TryParse(string name, out Scopes scope) => s_scopes.TryGetValue(name, out scope);
}
