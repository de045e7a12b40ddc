namespace AnyFetch.Providers.Salesforce.Records;

/// <summary>Every kind of record that can be read. What others refer to stands before them.</summary>
internal static class RecordKinds
{
    private const string Default = "Contact";

    public static IReadOnlyList<RecordKind> All { get; } =
    [
        new AccountRecord(), new ContactRecord(), new LeadRecord(), new OpportunityRecord(), new CaseRecord(),
        new NoteRecord(), new AttachmentRecord(), new FileRecord(),
    ];

    public static bool IsKnown(string name) =>
        All.Any(kind => kind.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The kinds with these names; contacts when there are none.</summary>
    public static IReadOnlyList<RecordKind> Choose(IEnumerable<string> names)
    {
        var chosen = names.Select(name => name.Trim()).Where(name => name.Length > 0)
            .DefaultIfEmpty(Default).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. All.Where(kind => chosen.Contains(kind.Name))];
    }
}
