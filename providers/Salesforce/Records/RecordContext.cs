namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>What the documents of one organisation have in common.</summary>
internal sealed class RecordContext(Uri instance, IReadOnlyList<RecordKind> kinds)
{
    private readonly string _root = instance.AbsoluteUri.TrimEnd('/') + "/";

    /// <summary>The identifier of a record, which is its address too.</summary>
    public string Identifier(string id) => _root + id;

    /// <summary>The identifiers of those records that become documents themselves.</summary>
    public IReadOnlyList<string> Related(params ReadOnlySpan<string?> ids)
    {
        var related = new List<string>();
        foreach (var id in ids)
        {
            if (id is not null && kinds.Any(kind => id.StartsWith(kind.KeyPrefix, StringComparison.Ordinal)))
            {
                related.Add(Identifier(id));
            }
        }

        return related;
    }
}
