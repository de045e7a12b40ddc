using AnyFetch.Api.Companies;
using AnyFetch.Core.Authentication;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Documents;

/// <summary>What became of a change: the document after it, or why there is none.</summary>
internal readonly record struct DocumentOutcome(Document? Document, Error? Error);

/// <summary>
/// Makes the changes that callers ask for, by the rules of api.md §5 and §8, 27. Rights and existence are judged inside
/// the transaction, on the document as it is then.
/// </summary>
internal sealed class DocumentChanges(
    IDocumentStore documents,
    DocumentTypeCatalog catalog,
    CompanyTree companies,
    UserAccessResolver userAccess,
    IHydration hydration,
    TimeProvider timeProvider)
{
    private static readonly Error s_taken =
        Error.InvalidArgument("Another document of this provider has the new 'identifier'.");

    /// <summary>Completes what a body says: users for names, and a check that the company may use the type.</summary>
    public ValueTask<DocumentChangeResult> ResolveAsync(
        Caller caller, DocumentUpload upload, CancellationToken cancellationToken) =>
        ResolveAsync(caller, upload, known: null, cancellationToken);

    /// <summary>As <see cref="ResolveAsync(Caller, DocumentUpload, CancellationToken)"/>, for one of many bodies.</summary>
    public async ValueTask<DocumentChangeResult> ResolveAsync(
        Caller caller,
        DocumentUpload upload,
        KnownUsers? known,
        CancellationToken cancellationToken)
    {
        var change = upload.Body.Change;
        if (change.Type.HasValue)
        {
            var types = await catalog.GetAsync(cancellationToken).ConfigureAwait(false);
            var owner = types.Find(change.Type.Value)?.Owner;
            if (!await companies.CanUseAsync(caller.Company, owner, cancellationToken).ConfigureAwait(false))
            {
                return new DocumentChangeResult(
                    null,
                    Error.InvalidArgument("The parameter 'document_type' must name a document type."));
            }
        }

        var resolved = upload.Body.UserAccess.HasValue
            ? await ResolveUsersAsync(caller, upload.Body, known, cancellationToken).ConfigureAwait(false)
            : new DocumentChangeResult(change, null);
        return resolved.Change is { } complete && upload.File is { } file
            ? new DocumentChangeResult(complete with { File = file }, null)
            : resolved;
    }

    private ValueTask<DocumentChangeResult> ResolveUsersAsync(
        Caller caller, DocumentBody body, KnownUsers? known, CancellationToken cancellationToken)
    {
        ValueTask<UserId?> FindAsync(string entry, CancellationToken token) => userAccess.ResolveAsync(caller, entry, token);

        return body.ResolveAsync(
            known is null ? FindAsync : (entry, token) => known.FindAsync(entry, FindAsync, token), cancellationToken);
    }

    /// <summary>Creates a document, or changes the one with this id or with this identifier of the calling token.</summary>
    public async ValueTask<DocumentOutcome> PutAsync(
        Caller caller,
        DocumentBody body,
        DocumentChange change,
        CancellationToken cancellationToken)
    {
        var step = await PlanPutAsync(caller, body, change, cancellationToken).ConfigureAwait(false);
        return await documents.ChangeAsync(step.Key, step.Decide, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What <see cref="PutAsync"/> does, to be done.</summary>
    public async ValueTask<DocumentStep> PlanPutAsync(
        Caller caller,
        DocumentBody body,
        DocumentChange change,
        CancellationToken cancellationToken)
    {
        var now = Now();
        var token = caller.Token!.Id;
        var company = caller.Company.Id;
        if (body.Id is { } id)
        {
            return new DocumentStep(
                DocumentKey.ById(company, id),
                stored => RefusePutById(caller, stored) is { } error ? Refuse(error) : Repost(caller, stored!, change, now));
        }

        var newId = new DocumentId(ObjectId.New(now));
        var identifier = body.Identifier ?? Identifier.Parse(newId.ToString());
        var created = DocumentMerge.Create(newId, company, token, identifier, change, now);
        var start = await hydration.StartAsync(created, cancellationToken).ConfigureAwait(false);
        return new DocumentStep(
            DocumentKey.ByIdentifier(company, token, identifier),
            stored => stored is null ? Create(caller, created, start) : Repost(caller, stored, change, now));
    }

    /// <summary>
    /// Changes a document that must exist. Without <c>modification_date</c> that date stays, or is now. With an identifier
    /// of its own, from the provider that made the document, the change moves it there: its id and its file stay.
    /// </summary>
    public ValueTask<DocumentOutcome> PatchAsync(
        Caller caller,
        DocumentKey key,
        DocumentChange change,
        Identifier? identifier,
        bool isDatedNow,
        CancellationToken cancellationToken)
    {
        if (isDatedNow && !change.ModificationDate.HasValue)
        {
            change = change with { ModificationDate = Now() };
        }

        return documents.ChangeAsync(
            key,
            stored =>
            {
                if (DocumentRights.RefuseChange(caller, stored) is { } error)
                {
                    return Refuse(error);
                }

                var merged = Merge(stored!, change);
                if (identifier is { } name && name != merged.Identifier && stored!.Provider == caller.Token?.Id)
                {
                    merged = merged with { Identifier = name };
                }

                return ReferenceEquals(merged, stored) && DocumentRights.RefuseWrite(caller) is null
                    ? DocumentDecision.None(new DocumentOutcome(stored, null))
                    : Put(caller, stored!, merged) with { IdentifierTaken = static () => new DocumentOutcome(null, s_taken) };
            },
            cancellationToken);
    }

    /// <summary>Removes a document. Allowed in secure companies, too.</summary>
    public ValueTask<DocumentOutcome> DeleteAsync(Caller caller, DocumentKey key, CancellationToken cancellationToken) =>
        documents.ChangeAsync(key, Delete(caller, key).Decide, cancellationToken);

    /// <summary>What <see cref="DeleteAsync"/> does, to be done.</summary>
    public static DocumentStep Delete(Caller caller, DocumentKey key) => new(
        key,
        stored => DocumentRights.RefuseChange(caller, stored) is { } error
            ? Refuse(error)
            : DocumentDecision.Delete(new DocumentOutcome(stored, null)) with { NewJobs = ChildJobs.After(stored!, null) });

    /// <summary>An unknown id is a wrong argument here, and a hidden document is unknown.</summary>
    private static Error? RefusePutById(Caller caller, Document? stored) =>
        DocumentRights.RefuseChange(caller, stored) switch
        {
            { Code: ErrorCode.ResourceNotFound } => Error.InvalidArgument("There is no document with this 'id'."),
            var error => error,
        };

    /// <summary>The caller is shown what it sent; what hydraters add to it comes after its request, as ever.</summary>
    private static DocumentDecision<DocumentOutcome> Create(Caller caller, Document created, HydrationStart start) =>
        DocumentRights.RefuseWrite(caller) is { } error
            ? Refuse(error)
            : DocumentDecision.Put(start.Document, new DocumentOutcome(created, null)) with { NewJobs = start.Jobs };

    private static DocumentDecision<DocumentOutcome> Repost(
        Caller caller,
        Document stored,
        DocumentChange change,
        DateTimeOffset now)
    {
        var merged = Merge(stored, change);
        if (!ReferenceEquals(merged, stored) && change.File is null)
        {
            merged = merged with { Hydration = merged.Hydration with { IsReposted = true } };
        }

        return Put(caller, stored, change.ModificationDate.HasValue ? merged : merged with { ModificationDate = now });
    }

    /// <summary>The document after a client's change, which hydraters at work on it may have to respect.</summary>
    private static Document Merge(Document stored, DocumentChange change)
    {
        var merged = DocumentMerge.Apply(stored, change);
        return ReferenceEquals(merged, stored) ? stored : ClientEdits.Note(merged, change);
    }

    private static DocumentDecision<DocumentOutcome> Put(Caller caller, Document before, Document document) =>
        DocumentRights.RefuseWrite(caller) is { } error
            ? Refuse(error)
            : DocumentDecision.Put(document, new DocumentOutcome(document, null)) with { NewJobs = ChildJobs.After(before, document) };

    private static DocumentDecision<DocumentOutcome> Refuse(Error error) =>
        DocumentDecision.None(new DocumentOutcome(null, error));

    /// <summary>Cut to the millisecond, as dates are written.</summary>
    private DateTimeOffset Now()
    {
        var ticks = timeProvider.GetUtcNow().UtcTicks;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
    }
}
