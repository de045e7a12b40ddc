using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Enex;

/// <summary>How exports of notes are read. The limits of a note are those of the Evernote provider.</summary>
public sealed class EnexHydraterOptions
{
    /// <summary>Notes of one export. Default 100,000.</summary>
    [Range(1, 1_000_000)]
    public int NotesMax { get; set; } = 100_000;

    /// <summary>Characters of a note's markup; of a longer one the title, tags and attachments are kept. Default 10,000,000.</summary>
    [Range(1_000, 100_000_000)]
    public int MarkupCharactersMax { get; set; } = 10_000_000;

    /// <summary>What is kept of a note's text and of its display, in characters each. Default 2,000,000.</summary>
    [Range(1_000, 100_000_000)]
    public int TextCharactersMax { get; set; } = 2_000_000;

    /// <summary>Words recognised in pictures that are kept per note. Default 5000.</summary>
    [Range(0, 100_000)]
    public int KeywordsMax { get; set; } = 5000;

    /// <summary>Tags of a note that are kept. Default 1000.</summary>
    [Range(0, 100_000)]
    public int TagsMax { get; set; } = 1000;

    /// <summary>
    /// Pictures up to this size are shown within their note; larger ones, and all that is no picture, become documents of
    /// their own, in bytes. Default 100 KiB.
    /// </summary>
    [Range(0, 10 << 20)]
    public int InlineBytesMax { get; set; } = 100 * 1024;

    /// <summary>What all pictures that are shown within one note may take together, in bytes. Default 4 MiB.</summary>
    [Range(0, 100 << 20)]
    public int InlineTotalBytesMax { get; set; } = 4 * 1024 * 1024;

    /// <summary>Attachments of one note that become documents; further ones are named in it alone. Default 500.</summary>
    [Range(0, 999)]
    public int AttachmentsMax { get; set; } = 500;

    /// <summary>Exports read at the same time. Default 2.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>Wall time of one export in seconds; each note and each attachment is a request to the core. Default 300.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 300;
}
