using AnyFetch.Api.Documents;
using AnyFetch.Api.Http;
using AnyFetch.Api.Representations;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Files;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Ids;

namespace AnyFetch.Api.Hydraters;

/// <summary>Tells which hydraters would take a document, and why the others would not (hydration.md §2).</summary>
internal sealed class HydraterMatchEndpoint(
    IHydration hydration,
    IDocumentStore documents,
    DocumentBodies bodies,
    DocumentChanges changes,
    TimeProvider timeProvider)
{
    /// <summary>Stands for a file in documents that are only thought of.</summary>
    private static readonly StoredFile s_anyFile = new(new FileHash(new string('0', 64)), 0);

    public void Map(ApiRoutes routes) =>
        routes.Post("/hydraters/match", MatchAsync).RequireScope(Scopes.ReadHydraters)
            .Describe(HydraterDescriptions.Match);

    private async ValueTask<ApiResult> MatchAsync(ApiCall call)
    {
        var read = await bodies.ReadAsync(call, DocumentBodyForm.Current, takesFile: false).ConfigureAwait(false);
        if (read.Error is { } malformed)
        {
            return malformed;
        }

        var resolved = await changes.ResolveAsync(call.Caller, read.Value, call.Aborted).ConfigureAwait(false);
        if (resolved.Change is not { } change)
        {
            return resolved.Error!;
        }

        var document = await ThinkAsync(call, read.Value.Body, change).ConfigureAwait(false);
        if (document is null)
        {
            return DocumentRights.NotFound;
        }

        var matches = await hydration.MatchAsync(document, call.Aborted).ConfigureAwait(false);
        return new JsonResult(writer =>
        {
            writer.WriteStartArray();
            foreach (var match in matches)
            {
                HydraterWriter.WriteMatch(writer, match);
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>The stored document with the fields over it, or a new one of the fields; nothing is kept.</summary>
    private async ValueTask<Document?> ThinkAsync(ApiCall call, DocumentBody body, DocumentChange change)
    {
        var company = call.Caller.Company.Id;
        if (body.Id is { } id)
        {
            var stored = await documents.FindAsync(DocumentKey.ById(company, id), call.Aborted).ConfigureAwait(false);
            return stored is not null && stored.IsVisibleTo(call.Caller.User.Id)
                ? DocumentMerge.Apply(stored, change)
                : null;
        }

        var now = timeProvider.GetUtcNow();
        var identifier = body.Identifier ?? Identifier.Parse("match");
        var document = DocumentMerge.Create(new DocumentId(ObjectId.New(now)), company, default, identifier, change, now);
        return HasFile(call) ? document with { File = s_anyFile } : document;
    }

    private static bool HasFile(ApiCall call) => call.Http.Request.Query["with_file"].ToString() is "true" or "1";
}
