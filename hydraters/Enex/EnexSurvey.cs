using System.Security.Cryptography;
using System.Text;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Text;

namespace AnyFetch.Hydraters.Enex;

/// <summary>
/// What an export holds, read once from end to end before anything is made of it. A document may have a thousand children: an
/// export of more notes and attachments is divided into exports, which are read when their turn comes. A note always goes to the
/// same one, so that a change of one note leaves the others where they are.
/// </summary>
internal sealed class EnexSurvey
{
    private const int PartsMax = 512;
    private const int KeyCharactersMax = 200;

    private readonly List<(uint Hash, int Documents)> _notes = [];
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);

    private EnexSurvey()
    {
    }

    internal int Notes => _notes.Count;

    /// <summary>How many exports it is divided into; one when it need not be.</summary>
    internal int Parts { get; private set; } = 1;

    /// <summary>Reads an export.</summary>
    /// <exception cref="HydrationException">It holds too much.</exception>
    internal static EnexSurvey Of(Stream export, EnexHydraterOptions options, CancellationToken cancellationToken)
    {
        var survey = new EnexSurvey();
        foreach (var note in new EnexReader(options, newPath: null).Read(export, cancellationToken))
        {
            if (survey.Notes == options.NotesMax)
            {
                throw new HydrationException($"The export holds more than {options.NotesMax:N0} notes.");
            }

            var attachments = note.Resources.Count(resource => EnexDrafts.IsAttachment(resource, options));
            survey._notes.Add((HashOf(survey.NextKey(note)), 1 + Math.Min(attachments, options.AttachmentsMax)));
        }

        while (!survey.Fits())
        {
            survey.Parts = survey.Parts * 2 <= PartsMax
                ? survey.Parts * 2
                : throw new HydrationException("The export holds too many notes and attachments.");
        }

        return survey;
    }

    /// <summary>Which part the note of a number belongs to.</summary>
    internal int PartOf(int note) => (int)(_notes[note].Hash % (uint)Parts);

    /// <summary>
    /// What tells a note from the others of its export: when it was made, for an export tells no id; else its title. Notes of one
    /// second are told apart by their order.
    /// </summary>
    internal static string KeyOf(EnexNote note)
    {
        var key = EnexNote.DateOf(note.Created) is not null ? note.Created : TextCleaner.RemoveControls(note.Title);
        var clean = new string([.. key.Select(c => c is '/' or '\n' or '\t' || char.IsSurrogate(c) ? '_' : c)]).Trim();
        return clean.Length == 0 ? Unnamed : clean[..Math.Min(clean.Length, KeyCharactersMax)];
    }

    private const string Unnamed = "note";

    private string NextKey(EnexNote note)
    {
        var key = KeyOf(note);
        _keys[key] = _keys.GetValueOrDefault(key) + 1;
        return _keys[key] == 1 ? key : $"{key} ({_keys[key]})";
    }

    private bool Fits()
    {
        var documents = new int[Parts];
        for (var note = 0; note < _notes.Count; note++)
        {
            documents[PartOf(note)] += _notes[note].Documents;
        }

        return documents.All(count => count <= ChildDocuments.CountMax);
    }

    private static uint HashOf(string key) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
