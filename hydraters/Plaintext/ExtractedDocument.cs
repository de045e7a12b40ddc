using System.Text;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Plaintext;

/// <summary>
/// What a format reader finds, written once as safe HTML and once as text. It fills up at its limit: readers ask
/// <see cref="IsFull"/> and stop.
/// </summary>
internal sealed class ExtractedDocument(int bytesMax)
{
    private readonly StringBuilder _html = new();
    private readonly StringBuilder _text = new();
    private string? _pendingBlock;
    private string? _openBlock;
    private long _bytes;

    internal required string ContentType { get; set; }

    internal string? Title { get; set; }

    internal string? Author { get; set; }

    internal int? Pages { get; set; }

    /// <summary>Whether the limit was reached and something was left out.</summary>
    internal bool IsFull { get; private set; }

    /// <summary>Bytes that still fit.</summary>
    internal int BytesLeft => (int)Math.Max(0, bytesMax - _bytes);

    /// <summary>Starts a paragraph or heading; it only shows when text follows.</summary>
    internal void BeginBlock(string tag)
    {
        EndBlock();
        _pendingBlock = tag;
    }

    /// <summary>Makes the block that has begun another kind, as long as no text was written to it.</summary>
    internal void ChangeBlock(string tag) => _pendingBlock = _pendingBlock is null ? null : tag;

    internal void EndBlock()
    {
        _pendingBlock = null;
        if (_openBlock is { } open)
        {
            _html.Append("</").Append(open).Append(">\n");
            _text.Append('\n');
            _openBlock = null;
        }
    }

    /// <summary>Opens an element that holds blocks: a table, a row, a cell.</summary>
    internal void Open(string tag)
    {
        EndBlock();
        if (Take(tag.Length + 2))
        {
            _html.Append('<').Append(tag).Append('>');
            if (tag == "td" && _text.Length > 0 && _text[^1] != '\n')
            {
                _text.Append(' ');
            }
        }
    }

    internal void Close(string tag)
    {
        EndBlock();
        _html.Append("</").Append(tag).Append('>');
        if (tag != "td")
        {
            _text.Append('\n');
        }
    }

    internal void AppendText(ReadOnlySpan<char> text, bool isBold = false)
    {
        if (text.IsEmpty || IsFull)
        {
            return;
        }

        if (!Take(Encoding.UTF8.GetByteCount(text)))
        {
            text = Fitting(text);
        }

        OpenPending();
        _html.Append(isBold ? "<b>" : "");
        TextCleaner.AppendHtml(_html, text);
        _html.Append(isBold ? "</b>" : "");
        _text.Append(text);
    }

    internal void AppendBreak()
    {
        if (Take(4))
        {
            _html.Append("<br>");
            _text.Append('\n');
        }
    }

    /// <summary>Appends a sanitised fragment of HTML; its text is derived from it.</summary>
    internal void AppendFragment(string html)
    {
        EndBlock();
        if (Take(Encoding.UTF8.GetByteCount(html)))
        {
            _html.Append(html).Append('\n');
            _text.Append(HtmlText.ToText(html)).Append('\n');
        }
    }

    /// <summary>Says that there is more than fits.</summary>
    internal void MarkFull() => IsFull = true;

    internal string ToHtml()
    {
        EndBlock();
        return _html.ToString().Trim();
    }

    internal string ToText()
    {
        EndBlock();
        return TextCleaner.CleanAndSqueeze(_text.ToString());
    }

    private void OpenPending()
    {
        if (_pendingBlock is { } tag)
        {
            _html.Append('<').Append(tag).Append('>');
            _openBlock = tag;
            _pendingBlock = null;
        }
    }

    private bool Take(int bytes)
    {
        if (_bytes + bytes > bytesMax)
        {
            IsFull = true;
            return false;
        }

        _bytes += bytes;
        return true;
    }

    private ReadOnlySpan<char> Fitting(ReadOnlySpan<char> text)
    {
        // Three bytes a character is the most that UTF-8 needs, so this never goes over.
        var length = Math.Min(text.Length, Encoding.UTF8.GetByteCount(text) == text.Length ? BytesLeft : BytesLeft / 3);
        length = length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        _bytes = bytesMax;
        return text[..length];
    }
}
