using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace AnyFetch.Notes;

/// <summary>
/// Turns a note's markup (ENML, a subset of XHTML) into HTML that is safe to show and into plain text. What is not known to
/// be harmless is left out: elements give their content alone, attributes vanish. Nothing is loaded from anywhere.
/// </summary>
internal sealed class NoteMarkup
{
    private const int DepthMax = 200;

    private readonly Func<NoteMedia, string> _show;
    private readonly int _charactersMax;
    private readonly StringBuilder _html = new();
    private readonly NoteText _text;
    private readonly Stack<string?> _open = new();
    private int _dropped;

    private NoteMarkup(Func<NoteMedia, string> show, int charactersMax)
    {
        (_show, _charactersMax) = (show, charactersMax);
        _text = new NoteText(charactersMax);
    }

    /// <summary>Converts one note.</summary>
    /// <param name="markup">The note's content.</param>
    /// <param name="show">HTML for a picture or an attachment.</param>
    /// <param name="charactersMax">What is kept of the text; HTML that is longer is left out whole.</param>
    /// <exception cref="InvalidDataException">It is no XML.</exception>
    public static (string? Html, string Text) Convert(string markup, Func<NoteMedia, string> show, int charactersMax)
    {
        var note = new NoteMarkup(show, charactersMax);
        try
        {
            using var reader = NoteXml.Open(NamedCharacters.Replace(markup));
            note.Read(reader);
        }
        catch (Exception broken) when (broken is XmlException or RegexMatchTimeoutException)
        {
            throw new InvalidDataException("The note's markup cannot be read.", broken);
        }

        return (note._html.Length > charactersMax ? null : note._html.ToString(), note._text.ToString());
    }

    private void Read(XmlReader reader)
    {
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Open(reader);
                    break;
                case XmlNodeType.EndElement when _dropped > 0:
                    _dropped--;
                    break;
                case XmlNodeType.EndElement:
                    Close(_open.Pop());
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace
                    when _dropped == 0 && reader.Depth > 0:
                    Write(WebUtility.HtmlEncode(reader.Value));
                    _text.Write(reader.Value);
                    break;
            }
        }
    }

    private void Open(XmlReader reader)
    {
        var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
        if (_dropped > 0 || NoteElements.IsDropped(name))
        {
            _dropped += isEmpty ? 0 : 1;
            return;
        }

        var shown = Begin(reader, name);
        if (isEmpty)
        {
            Close(shown);
        }
        else
        {
            _open.Push(shown);
        }
    }

    // Returns the element that is to be closed; null when nothing was opened.
    private string? Begin(XmlReader reader, string name)
    {
        switch (name)
        {
            case "en-todo":
                var isDone = reader.GetAttribute("checked") == "true";
                Write(isDone ? "&#9745; " : "&#9744; ");
                _text.Write(isDone ? "[x] " : "[ ] ");
                return null;
            case "en-media":
                Write(_show(new NoteMedia(
                    (reader.GetAttribute("hash") ?? "").ToLowerInvariant(), reader.GetAttribute("alt") ?? "")));
                return null;
            case "img":
                Write(WebUtility.HtmlEncode(reader.GetAttribute("alt") ?? ""));
                return null;
        }

        var element = name == "en-note" ? "div" : name;
        if (NoteElements.IsBlock(element))
        {
            _text.BreakLine();
        }

        if (!NoteElements.IsShown(element) || _open.Count >= DepthMax)
        {
            return null;
        }

        Write($"<{element}{NoteAttributes.Read(reader, element)}>");
        return element;
    }

    private void Close(string? element)
    {
        if (element is null)
        {
            return;
        }

        if (!NoteElements.IsVoid(element))
        {
            Write($"</{element}>");
        }

        if (NoteElements.IsBlock(element))
        {
            _text.BreakLine();
        }
        else if (NoteElements.IsCell(element))
        {
            _text.Write(" ");
        }
    }

    private void Write(string html)
    {
        if (_html.Length <= _charactersMax)
        {
            _html.Append(html);
        }
    }
}
