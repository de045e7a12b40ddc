namespace AnyFetch.Mime.Mbox;

/// <summary>Where a mail stands in an mbox file.</summary>
/// <param name="Start">The first byte after the separator line.</param>
/// <param name="Length">Bytes up to the next separator.</param>
public readonly record struct MboxMail(long Start, long Length);
