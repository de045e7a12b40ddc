using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Hydration.Answers;

/// <summary>Reads the change set of an in-process hydrater, which is checked like one that comes over HTTP.</summary>
internal sealed class ChangeSetReader(DocumentTypeCatalog types, ChangeResolver resolver)
{
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

        var resolved = await resolver.ResolveAsync(body, company, cancellationToken).ConfigureAwait(false);
        return resolved.Change is { } change ? new HydraterAnswer(change, null) : Failed(resolved.Error!.Message);
    }

    private static HydraterAnswer Failed(string message) => new(new DocumentChange(), message);
}
