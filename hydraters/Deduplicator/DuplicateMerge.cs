using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Hydrater;

namespace AnyFetch.Hydraters.Deduplicator;

/// <summary>
/// Merges the task's document with its copies: the one that is kept lists the others' identifiers, unless it is not to, and the others are
/// deleted.
/// <para>
/// Two runs anywhere may judge one pair at the same time, and a change in between may let them judge differently; still they
/// never delete both. Before a run deletes a document it writes into the one to be kept which one that is
/// (<c>data.absorbed</c>), and then reads the one to be deleted again: if that one was told to absorb the first, somebody
/// judged the other way, and nothing is deleted. Each writes before it reads, so at least one of them sees the other.
/// </para>
/// </summary>
internal sealed class DuplicateMerge(HydrationContext context, AnyFetchClient core, Copies copies, bool listsAliases)
{
    private const string AliasesKey = "aliases";
    private const string AbsorbedKey = "absorbed";
    private const string ChildrenKey = "children";

    /// <summary>The result when the task's document is the one that goes or has changed; null when it stays.</summary>
    internal async Task<HydrationResult?> RunAsync(IEnumerable<string> others, CancellationToken cancellationToken)
    {
        foreach (var id in others)
        {
            // Read for each: a merge changes the one that is kept.
            if (await FindAsync(context.Document.Id, cancellationToken).ConfigureAwait(false) is not { } current)
            {
                return HydrationResult.Skipped;
            }

            if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } other || !copies.Are(current, other))
            {
                continue;
            }

            if (Copies.Precedes(other, current))
            {
                if (await IsGivenUpAsync(current, other, cancellationToken).ConfigureAwait(false))
                {
                    await context.DeleteDocumentAsync(cancellationToken).ConfigureAwait(false);
                    return HydrationResult.Deleted;
                }
            }
            else if (await IsGivenUpAsync(other, current, cancellationToken).ConfigureAwait(false))
            {
                await DeleteAsync(DocumentRef.ById(other.Id), cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <summary>Hands over what a copy has of its own. True when it may be deleted now.</summary>
    private async Task<bool> IsGivenUpAsync(Document copy, Document kept, CancellationToken cancellationToken)
    {
        var before = Texts(kept.Data, AliasesKey);
        IEnumerable<string> names = listsAliases ? [.. before, copy.Identifier, .. Texts(copy.Data, AliasesKey)] : before;
        if (!await TryWriteAsync(kept, names.Where(name => name != kept.Identifier).Distinct(), copy, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var now = await FindAsync(copy.Id, cancellationToken).ConfigureAwait(false);
        if (now is not null && (!copies.Are(kept, now) || Text(now.Data, AbsorbedKey) == kept.Id))
        {
            await TryWriteAsync(kept, before, null, cancellationToken).ConfigureAwait(false);
            return false;
        }

        // The kept one has children of the same content; these would be left without a parent.
        foreach (var child in Texts(copy.Data, ChildrenKey).Where(child => child.StartsWith(copy.Identifier, StringComparison.Ordinal)))
        {
            await DeleteAsync(DocumentRef.ByIdentifier(child), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Writes the names of the merged documents, and which one is being absorbed. False when the document is gone.</summary>
    private async Task<bool> TryWriteAsync(
        Document kept, IEnumerable<string> aliases, Document? absorbed, CancellationToken cancellationToken)
    {
        var names = new JsonArray([.. aliases.Select(name => (JsonNode)JsonValue.Create(name))]);
        var related = absorbed is null || !listsAliases ? [] : Texts(absorbed.Related).Where(id => id != kept.Id).Except(Texts(kept.Related)).ToList();
        var draft = new DocumentDraft
        {
            Data = new JsonObject { [AliasesKey] = names.Count > 0 ? names : null, [AbsorbedKey] = absorbed?.Id },
            Related = related.Count > 0 ? [.. Texts(kept.Related), .. related] : null,
        };
        try
        {
            await core.Documents.PatchAsync(DocumentRef.ById(kept.Id), draft, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<Document?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await core.Documents.GetRawAsync(DocumentRef.ById(id), cancellationToken).ConfigureAwait(false);
        }
        catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task DeleteAsync(DocumentRef document, CancellationToken cancellationToken)
    {
        try
        {
            await core.Documents.DeleteAsync(document, cancellationToken).ConfigureAwait(false);
        }
        catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
        {
            // Somebody else was faster.
        }
    }

    private static List<string> Texts(JsonElement? map, string key) =>
        map is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(key, out var list) ? Texts(list) : [];

    private static List<string> Texts(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } items
        ? [.. items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)] : [];

    private static string? Text(JsonElement? map, string key) =>
        map is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(key, out var text)
        && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
