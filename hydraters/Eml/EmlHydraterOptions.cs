using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Hydraters.Eml;

/// <summary>How the eml hydrater reads mails.</summary>
public sealed class EmlHydraterOptions
{
    /// <summary>
    /// Bytes of one body that are read; the rest is left out and <c>data.truncated</c> set. Default 8 MiB.
    /// </summary>
    [Range(1024, 64 << 20)]
    public int BodyBytesMax { get; set; } = 8 << 20;

    /// <summary>Bytes of an attachment; a mail with a larger one is a permanent error. Default 512 MiB.</summary>
    [Range(1024, int.MaxValue)]
    public int AttachmentBytesMax { get; set; } = 512 << 20;

    /// <summary>
    /// Characters that all inline images of a mail together may have as data URIs; the others become attachments.
    /// Default 6,000,000.
    /// </summary>
    [Range(0, 9_000_000)]
    public int InlineCharactersMax { get; set; } = 6_000_000;

    /// <summary>
    /// Mails that an mbox file is split into. One with more is split into mbox files of as many mails, which are split
    /// in turn.
    /// Default and greatest 1,000, the children that a document may have.
    /// </summary>
    [Range(1, 1_000)]
    public int MailsMax { get; set; } = 1_000;

    /// <summary>Attachments of one mail that are uploaded at the same time. Default 4.</summary>
    [Range(1, 32)]
    public int UploadsMax { get; set; } = 4;

    /// <summary>Mails read at the same time; most of their time is spent waiting for the core's commits. Default 6.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 6;

    /// <summary>Seconds that one mail or mbox file may take, uploads included. Default 300.</summary>
    [Range(1, 3600)]
    public int TimeoutSeconds { get; set; } = 300;
}
