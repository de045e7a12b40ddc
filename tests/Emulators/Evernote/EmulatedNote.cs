using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace AnyFetch.Emulators.Evernote;

/// <summary>A note of an emulated Evernote.</summary>
public sealed record EmulatedNote(string Id, string Title, string Content)
{
    public string? NotebookId { get; init; }

    public IReadOnlyList<string> TagIds { get; init; } = [];

    public IReadOnlyList<EmulatedResource> Resources { get; init; } = [];

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Updated { get; init; }

    public DateTimeOffset? Deleted { get; init; }

    /// <summary>The update sequence number of its last change.</summary>
    public int Sequence { get; init; }
}

/// <summary>A picture or an attachment of a note.</summary>
public sealed record EmulatedResource(string Id, string Type, byte[] Content, string? FileName)
{
    /// <summary>What was recognised in it; null when nothing was looked for.</summary>
    public string? Recognition { get; init; }

    public int Sequence { get; init; }

    /// <summary>The size that listings tell, in bytes.</summary>
    public int Size { get; init; } = Content.Length;

    [SuppressMessage("Security", "CA5351", Justification = "Evernote names content by its MD5.")]
    public byte[] Hash() => MD5.HashData(Content);

    /// <summary>How a note's markup names it.</summary>
    public string Media => $"<en-media type=\"{Type}\" hash=\"{Convert.ToHexStringLower(Hash())}\"/>";
}
