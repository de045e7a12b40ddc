using System.Text;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Pdf;

/// <summary>A page's part of the display, in the form that the sanitiser leaves as it is.</summary>
internal sealed class PdfPage
{
    private readonly string _before;
    private readonly byte[] _picture;
    private readonly string _after;

    /// <summary>Prepares all but the picture.</summary>
    /// <param name="number">The page's number, from 1.</param>
    /// <param name="picture">A JPEG; empty for none.</param>
    /// <param name="text">The page's text; empty for none.</param>
    internal PdfPage(int number, byte[] picture, string text)
    {
        (Number, _picture) = (number, picture);
        _before = picture.Length > 0 ? "<section><img src=\"data:image/jpeg;base64," : "<section>";
        var after = new StringBuilder(picture.Length > 0 ? $"\" alt=\"Page {number}\">" : "");
        if (text.Length > 0)
        {
            after.Append("<details><summary>Text of page ").Append(number).Append("</summary><pre>");
            TextCleaner.AppendHtml(after, text);
            after.Append("</pre></details>");
        }

        _after = after.Append("</section>").ToString();
    }

    internal int Number { get; }

    /// <summary>How many characters it is.</summary>
    internal int Length => _before.Length + PictureLength + _after.Length;

    private int PictureLength => (_picture.Length + 2) / 3 * 4;

    /// <summary>Writes it at the beginning of a text.</summary>
    internal void WriteTo(Span<char> html)
    {
        _before.CopyTo(html);
        Convert.TryToBase64Chars(_picture, html[_before.Length..], out var written);
        _after.CopyTo(html[(_before.Length + written)..]);
    }
}
