using AnyFetch.Calendars.Contacts;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.ChangeSets;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Vcard;

/// <summary>
/// Reads address books: a file with one card becomes that contact, a file with several a list with a contact for each
/// (the type <c>contact</c>, search-and-projection.md §8).
/// </summary>
public sealed class VcardHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "vcard";

    private const string ContentType = "text/vcard";

    private readonly VcardHydraterOptions _options;

    /// <summary>Creates the hydrater.</summary>
    public VcardHydrater(VcardHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = "Makes contacts of address books.",
            Filters =
            [
                FilterBuilder.ForType("file").WithExtension("vcf", "vcard").WithFile().Build(),
                FilterBuilder.ForType("file").WithContentType(ContentType).WithFile().Build(),
                FilterBuilder.ForType("file").WithContentType("text/x-vcard").WithFile().Build(),
            ],
            Priority = 10,
            Excludes = [Plaintext.PlaintextHydrater.ShortName],
            Concurrency = options.Concurrency,
            TimeoutSeconds = options.TimeoutSeconds,
        };
    }

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var text = await context.RequireFile().ReadTextAsync(_options.FileBytesMax, cancellationToken).ConfigureAwait(false);
        var contacts = ContactReader.Read(text);
        context.Changes.ContentType = ContentType;
        switch (contacts.Count)
        {
            case 0:
                throw new HydrationException("The file holds no contact.");
            case 1:
                WriteOne(contacts[0], context.Changes);
                break;
            case > ChildDocuments.CountMax:
                throw new HydrationException($"The address book holds more than {ChildDocuments.CountMax:N0} contacts.");
            default:
                ContactList.Write(contacts, context);
                await context.Children.AddAllAsync(contacts.Select(Draft), cancellationToken).ConfigureAwait(false);
                break;
        }

        // Contacts that an earlier version of the file had and this one has not are deleted.
        await context.Children.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return HydrationResult.Changed(context.Changes);
    }

    private void WriteOne(Contact contact, ChangeSet changes)
    {
        changes.DocumentType = "contact";
        foreach (var (key, value) in ContactMetadata.Of(contact, _options.PhotoBytesMax))
        {
            changes.Metadata[key] = value?.DeepClone();
        }
    }

    private ChildDraft Draft(Contact contact) => new()
    {
        Name = contact.Uid ?? ContactList.NameOf(contact) ?? "",
        DocumentType = "contact",
        Metadata = ContactMetadata.Of(contact, _options.PhotoBytesMax),
    };
}
