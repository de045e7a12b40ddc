using System.Security.Cryptography;
using System.Text;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Evernote;

/// <summary>The names of an account's notebooks and tags: notes know their ids only.</summary>
internal sealed class EvernoteNames
{
    private const int DigestBytes = 6;

    private readonly Dictionary<string, string> _notebooks;
    private readonly Dictionary<string, string> _tags;

    private EvernoteNames(IEnumerable<EvernoteLabel> notebooks, IEnumerable<EvernoteLabel> tags)
    {
        _notebooks = ById(notebooks);
        _tags = ById(tags);
    }

    public static async Task<EvernoteNames> LoadAsync(
        EvernoteClient client, SourceAccount account, CancellationToken cancellationToken) => new(
            await client.ListNotebooksAsync(account, cancellationToken),
            await client.ListTagsAsync(account, cancellationToken));

    /// <summary>Whether all names of a note are here; it may be in a notebook that was made just now.</summary>
    public bool Know(EvernoteNote note) =>
        (note.NotebookId is null || _notebooks.ContainsKey(note.NotebookId)) && note.TagIds.All(_tags.ContainsKey);

    public string? NotebookOf(EvernoteNote note) =>
        note.NotebookId is null ? null : _notebooks.GetValueOrDefault(note.NotebookId);

    public IReadOnlyList<string> TagsOf(EvernoteNote note) =>
        [.. note.TagIds.Select(id => _tags.GetValueOrDefault(id)).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>What changes when a text does, in few letters.</summary>
    public static string Digest(params IEnumerable<string?> texts) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))).AsSpan(0, DigestBytes));

    private static Dictionary<string, string> ById(IEnumerable<EvernoteLabel> labels)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in labels)
        {
            names[label.Id] = label.Name;
        }

        return names;
    }
}
