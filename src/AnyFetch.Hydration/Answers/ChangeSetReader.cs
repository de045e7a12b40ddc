using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Hydration.Answers;

/// <summary>Reads the change set of an in-process hydrater, which is checked like one that comes over HTTP.</summary>
internal sealed class ChangeSetReader(
    DocumentTypeCatalog types,
    ICompanyStore companies,
    UserAccessResolver userAccess)
{
    /// <summary>Most companies above one another.</summary>
    private const int AncestorsMax = 32;

    internal async ValueTask<HydraterAnswer> ReadAsync(
        ReadOnlyMemory<byte> json,
        CompanyId company,
        CancellationToken cancellationToken)
    {
        var known = await types.GetAsync(cancellationToken).ConfigureAwait(false);
        var read = DocumentChangeReader.Read(json.Span, DocumentBodyForm.Callback, known);
        if (read.Body is not { } body)
        {
            return Failed(read.Error!.Message);
        }

        if (body.HydrationErrored)
        {
            return Failed(body.HydrationError ?? "The hydrater failed without a message.");
        }

        if (body.Change.Type is { HasValue: true, Value: var id }
            && !await IsUsableAsync(known.Find(id)!, company, cancellationToken).ConfigureAwait(false))
        {
            return Failed("'document_type' must be the name or the id of a document type.");
        }

        var resolved = await body.ResolveAsync(
            (entry, stop) => userAccess.ResolveAsync(company, entry, stop), cancellationToken).ConfigureAwait(false);
        return resolved.Change is { } change ? new HydraterAnswer(change, null) : Failed(resolved.Error!.Message);
    }

    private static HydraterAnswer Failed(string message) => new(new DocumentChange(), message);

    /// <summary>A type belongs to its owner and the companies below it.</summary>
    private async ValueTask<bool> IsUsableAsync(
        DocumentType type,
        CompanyId company,
        CancellationToken cancellationToken)
    {
        CompanyId? ancestor = company;
        for (var i = 0; i < AncestorsMax && ancestor is { } id && type.Owner is not null && type.Owner != id; i++)
        {
            ancestor = (await companies.FindAsync(id, cancellationToken).ConfigureAwait(false))?.Parent;
        }

        return type.Owner is null || type.Owner == ancestor;
    }
}
