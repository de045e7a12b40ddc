using System.Net;
using System.Text;
using AnyFetch.Notes;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Evernote;

/// <summary>What a note says.</summary>
/// <param name="Html">Its markup as safe HTML, with its small pictures in it; null when it is too long.</param>
/// <param name="Text">Its plain text.</param>
/// <param name="Keywords">The words that were recognised in its pictures.</param>
internal sealed record EvernoteBody(string? Html, string Text, IReadOnlyList<string> Keywords)
{
    /// <summary>Reads it from a note that came with its content.</summary>
    /// <param name="note">The note.</param>
    /// <param name="pictures">HTML for what lies in it, by hash.</param>
    /// <param name="options">The limits.</param>
    public static EvernoteBody Read(
        EvernoteNote note, IReadOnlyDictionary<string, string> pictures, EvernoteProviderOptions options)
    {
        var words = new RecognizedWords(options.KeywordsMax);
        foreach (var resource in note.Resources)
        {
            words.Add(Encoding.UTF8.GetString(resource.Recognition.Body.Span));
        }

        if (note.Content is not { Length: > 0 } content)
        {
            return new EvernoteBody("", "", words.Words);
        }

        try
        {
            var (html, text) = NoteMarkup.Convert(
                content,
                media => pictures.GetValueOrDefault(media.Hash) ?? WebUtility.HtmlEncode(media.Alternative),
                options.TextCharactersMax);
            return new EvernoteBody(html, text, words.Words);
        }
        catch (InvalidDataException broken)
        {
            throw new SourceException(HttpStatusCode.BadGateway, "The note's markup cannot be read.", broken);
        }
    }
}
