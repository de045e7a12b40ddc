using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;

namespace AnyFetch.Hydration.Answers;

/// <summary>
/// Completes what a hydrater says about a document of a company: its type must be one that the company may use, and
/// <c>user_access</c> may only name users of that company, whoever else is known here.
/// </summary>
internal sealed class ChangeResolver(
    DocumentTypeCatalog types,
    ICompanyStore companies,
    UserAccessResolver userAccess)
{
    /// <summary>Most companies above one another.</summary>
    private const int AncestorsMax = 1000;

    internal async ValueTask<DocumentChangeResult> ResolveAsync(
        DocumentBody body,
        CompanyId company,
        CancellationToken cancellationToken)
    {
        if (body.Change.Type is { HasValue: true, Value: var id })
        {
            var known = await types.GetAsync(cancellationToken).ConfigureAwait(false);
            if (known.Find(id) is not { } type
                || !await IsUsableAsync(type, company, cancellationToken).ConfigureAwait(false))
            {
                return new DocumentChangeResult(
                    null,
                    Error.InvalidArgument("'document_type' must be the name or the id of a document type."));
            }
        }

        return await body.ResolveAsync(
            (entry, stop) => userAccess.ResolveAsync(company, entry, stop), cancellationToken).ConfigureAwait(false);
    }

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
