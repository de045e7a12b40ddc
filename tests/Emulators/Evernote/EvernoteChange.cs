namespace AnyFetch.Emulators.Evernote;

/// <summary>One thing in a page of changes: exactly one of its members is set, a resource with its note.</summary>
internal sealed record EvernoteChange(int Sequence)
{
    public EmulatedNote? Note { get; init; }

    public EmulatedResource? Resource { get; init; }

    public string? NotebookId { get; init; }

    public string? TagId { get; init; }

    public string? ExpungedNote { get; init; }

    public string? ExpungedNotebook { get; init; }
}
