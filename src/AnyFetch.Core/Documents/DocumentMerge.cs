using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Json;

namespace AnyFetch.Core.Documents;

/// <summary>
/// How a change becomes part of a document (api.md §5 "create"; legacy-providers-api §3.2): <c>metadata</c> and
/// <c>data</c> merge on their first level and null erases; <c>actions</c>, <c>related</c> and <c>user_access</c> are
/// replaced whole when present; absent keys are untouched. Pure: no clock, no store.
/// </summary>
public static class DocumentMerge
{
    /// <summary>A document that did not exist. Its type is <c>file</c> and its dates are now unless it says otherwise.</summary>
    public static Document Create(
        DocumentId id,
        CompanyId company,
        AccessTokenId provider,
        Identifier identifier,
        DocumentChange change,
        DateTimeOffset now) => new()
        {
            Id = id,
            Company = company,
            Provider = provider,
            Identifier = identifier,
            Type = change.Type.Or(BuiltInDocumentTypes.File),
            CreationDate = change.CreationDate.Or(now),
            ModificationDate = change.ModificationDate.Or(now),
            Metadata = WithoutNulls(change.Metadata),
            Data = WithoutNulls(change.Data),
            Actions = change.Actions.Or(JsonFields.Empty),
            Related = change.Related.Or([]),
            UserAccess = change.UserAccess.Or(null),
            Source = change.Source.Or(DocumentSource.Absent),
            File = change.File,
        };

    /// <summary>The document after the change. The same instance when nothing differs.</summary>
    public static Document Apply(Document document, DocumentChange change)
    {
        var merged = document with
        {
            Type = change.Type.Or(document.Type),
            CreationDate = change.CreationDate.Or(document.CreationDate),
            ModificationDate = change.ModificationDate.Or(document.ModificationDate),
            Metadata = document.Metadata.Merge(change.Metadata),
            Data = document.Data.Merge(change.Data),
            Actions = change.Actions.Or(document.Actions),
            Related = Keep(document.Related, change.Related.Or(document.Related)),
            UserAccess = Keep(document.UserAccess, change.UserAccess.Or(document.UserAccess)),
            Source = change.Source.Or(document.Source),
        };

        if (change.File is { } file)
        {
            return merged with
            {
                Type = change.Type.Or(document.Hydration.TypeBefore ?? document.Type),
                File = file,
                Hydration = document.Hydration.NextGeneration(),
            };
        }

        if (change.Type.HasValue && document.Hydration.TypeBefore is not null)
        {
            return merged with { Hydration = document.Hydration with { TypeBefore = null } };
        }

        return merged == document ? document : merged;
    }

    private static JsonFields WithoutNulls(JsonFields fields) =>
        fields.IsEmpty ? fields : JsonFields.Empty.Merge(fields);

    /// <summary>Lists compare by reference in a record, so equal lists keep the stored instance.</summary>
    private static IReadOnlyList<T>? Keep<T>(IReadOnlyList<T>? stored, IReadOnlyList<T>? next) =>
        stored is not null && next is not null && stored.SequenceEqual(next) ? stored : next;

    private static IReadOnlyList<string> Keep(IReadOnlyList<string> stored, IReadOnlyList<string> next) =>
        stored.SequenceEqual(next) ? stored : next;
}
