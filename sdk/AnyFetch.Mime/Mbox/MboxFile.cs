using AnyFetch.Mime.Parsing;
using AnyFetch.Mime.Transfer;

namespace AnyFetch.Mime.Mbox;

/// <summary>
/// An mbox file (RFC 4155): mails one after the other, each behind a line <c>From sender date</c>. The mails stay in
/// the source, which must
/// be seekable and stay open.
/// </summary>
public static class MboxFile
{
    private const int CancelLines = 4096;

    /// <summary>
    /// Finds the mails, at most as many as asked for. A separator is a line <c>From …</c> with a time in it, at the
    /// beginning or after an
    /// empty line; others are text. Empty when the file does not begin with one.
    /// </summary>
    public static IReadOnlyList<MboxMail> Find(Stream source, int mailsMax, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var mails = new List<MboxMail>();
        var lines = new LineScanner(source, 0);
        long start = -1;
        var isAfterBlank = true;
        for (var count = 0; lines.Next(); count++)
        {
            if (count % CancelLines == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (isAfterBlank && lines.IsLineStart && IsSeparator(lines.Line))
            {
                if (start >= 0)
                {
                    mails.Add(new MboxMail(start, lines.LineStart - start));
                }

                start = lines.NextStart;
                if (mails.Count >= mailsMax)
                {
                    return mails;
                }
            }
            else if (start < 0 && !lines.Line.IsEmpty)
            {
                return mails;
            }

            isAfterBlank = lines.IsLineStart && lines.Line.IsEmpty;
        }

        if (start >= 0)
        {
            mails.Add(new MboxMail(start, lines.NextStart - start));
        }

        return mails;
    }

    /// <summary>Whether the head of a file is that of an mbox.</summary>
    public static bool IsMbox(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        return end > 0 && IsSeparator(head[..end]);
    }

    /// <summary>
    /// Writes one mail as a file of its own: quoted lines <c>&gt;From</c> lose one mark, as the mbox formats of today
    /// mean them.
    /// </summary>
    public static void CopyMail(Stream source, MboxMail mail, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        var lines = new LineScanner(new WindowStream(source, mail.Start, mail.Length), 0);
        for (var count = 0; lines.Next(); count++)
        {
            if (count % CancelLines == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var line = lines.LineWithEnd;
            var isQuoted = lines.IsLineStart && line.Length > 0 && line[0] == '>' && line.TrimStart((byte)'>').StartsWith("From "u8);
            target.Write(isQuoted ? line[1..] : line);
        }
    }

    /// <summary>Writes one mail as it stands, behind a separator of its own, as a part of another mbox file.</summary>
    public static void CopyRaw(Stream source, MboxMail mail, Stream target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        target.Write("From - Thu Jan  1 00:00:00 1970\n"u8);
        using var content = new WindowStream(source, mail.Start, mail.Length);
        content.CopyTo(target);
        Span<byte> tail = stackalloc byte[3];
        content.Position = Math.Max(0, mail.Length - tail.Length);
        tail = tail[..content.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false)];
        if (!tail.EndsWith("\n\n"u8) && !tail.SequenceEqual("\n\r\n"u8))
        {
            // The next separator counts only behind an empty line.
            target.Write("\n\n"u8);
        }
    }

    private static bool IsSeparator(ReadOnlySpan<byte> line) =>
        line.Length is > 10 and < 1000 && line.StartsWith("From "u8) && line.Contains((byte)':')
        && line.ContainsAnyInRange((byte)'0', (byte)'9');
}
