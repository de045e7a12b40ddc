using AnyFetch.Notes;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Evernote;

/// <summary>Shows what lies in a note: small pictures as they are, anything else by its name.</summary>
internal sealed class EvernotePictures(
    EvernoteClient client, EvernoteDocuments documents, EvernoteProviderOptions options)
{
    /// <summary>HTML by the hash of the content.</summary>
    public async Task<Dictionary<string, string>> ShowAsync(
        SourceAccount account, EvernoteNote note, CancellationToken cancellationToken)
    {
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = options.InlineTotalBytesMax;
        foreach (var resource in note.Resources)
        {
            var isInline = documents.IsInline(resource) && resource.Data.Size <= left;
            left -= isInline ? resource.Data.Size : 0;
            shown[resource.Data.Hash] = isInline
                ? NoteFiles.Picture(
                    resource.FileName, resource.Type, (await BodyAsync(account, resource, cancellationToken)).Span)
                : NoteFiles.Mention(resource.FileName);
        }

        return shown;
    }

    private async Task<ReadOnlyMemory<byte>> BodyAsync(
        SourceAccount account, EvernoteResource resource, CancellationToken cancellationToken)
    {
        try
        {
            return resource.Data.Body.Length > 0 || resource.Data.Size == 0
                ? resource.Data.Body
                : await client.GetDataAsync(account, resource.Id, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            // It was taken out of the note just now: the note's next version says so.
            return default;
        }
    }
}
