using System.Runtime.CompilerServices;
using AnyFetch.Provider;
using AnyFetch.Providers.Salesforce.Bulk;
using AnyFetch.Providers.Salesforce.Records;

namespace AnyFetch.Providers.Salesforce;

/// <summary>
/// One listing: of each object what was deleted, then what changed, in the order of its changes, so that a record that is
/// changed meanwhile comes again at the end.
/// </summary>
internal sealed class SalesforceListing(
    SalesforceClient client, SalesforceProviderOptions options, IReadOnlyList<RecordKind> kinds, SyncContext context)
{
    private const int IdCharacters = 18;

    private readonly RecordContext _records = new(
        SalesforceClient.Address(context.Account, SalesforceClient.InstanceMember), kinds);

    private long _expected;
    private SalesforceCursor _cursor = new(new Dictionary<string, SalesforcePlace>());

    public async IAsyncEnumerable<SyncItem> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = context.TimeProvider.GetUtcNow();
        _cursor = context.Cursor is { } stored
            ? SalesforceCursor.Parse(stored, kinds.Select(kind => kind.Name), now.AddDays(-options.DeletedDaysMax))
            : new SalesforceCursor(kinds.ToDictionary(
                kind => kind.Name, _ => new SalesforcePlace(Modstamp: null, "", now, IsListed: false)));
        foreach (var kind in kinds)
        {
            if (await client.DescribeAsync(context.Account, kind.Object, cancellationToken) is not { } visible)
            {
                // Nothing of it is taken for deleted: an administrator may give the right back.
                yield return new SyncItem.Failure("ObjectUnavailable", $"The account may not read {kind.Object}.")
                {
                    Prefix = _records.Identifier(kind.KeyPrefix),
                };
                continue;
            }

            await foreach (var item in ListAsync(kind, new RecordFields(kind, visible), cancellationToken))
            {
                yield return item;
            }
        }

        // Believed only of a listing that began without a cursor; one that goes on from its own pages counts as such.
        yield return new SyncItem.ListingComplete();
    }

    public async Task<SyncItem.Upsert?> FindAsync(string identifier, CancellationToken cancellationToken)
    {
        var root = _records.Identifier("");
        var id = identifier.StartsWith(root, StringComparison.Ordinal) ? identifier[root.Length..] : "";
        if (id.Length != IdCharacters || !id.All(char.IsAsciiLetterOrDigit)
            || kinds.FirstOrDefault(kind => id.StartsWith(kind.KeyPrefix, StringComparison.Ordinal)) is not { } kind
            || await client.DescribeAsync(context.Account, kind.Object, cancellationToken) is not { } visible)
        {
            return null;
        }

        var fields = new RecordFields(kind, visible);
        var page = await QueryAsync(fields, $"{kind.IdField} = '{id}'", order: "", cancellationToken);
        return page.Records.Count > 0 ? fields.Map(new SalesforceRecord(page.Records[0]), _records) as SyncItem.Upsert : null;
    }

    private async IAsyncEnumerable<SyncItem> ListAsync(
        RecordKind kind, RecordFields fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = _cursor.Places[kind.Name];
        if (place.IsListed)
        {
            var start = place.Covered.AddMinutes(-options.OverlapMinutes);
            var deletions = await client.ListDeletedAsync(
                context.Account, kind.DeletedObject, start, context.TimeProvider.GetUtcNow(), cancellationToken);
            foreach (var deletion in deletions.DeletedRecords)
            {
                yield return new SyncItem.Delete(_records.Identifier(deletion.Id));
            }

            // Some changes are stored later than others that came after them.
            var since = SalesforceDates.Read(place.Modstamp)?.AddMinutes(-options.OverlapMinutes);
            place = new SalesforcePlace(
                since is { } from ? SalesforceDates.Write(from) : null,
                "",
                SalesforceDates.Read(deletions.LatestDateCovered) ?? place.Covered,
                IsListed: false);
        }
        else if (place is { Modstamp: null, IsPaged: false })
        {
            await foreach (var item in ListByJobAsync(kind, fields, cancellationToken))
            {
                yield return item;
            }

            place = _cursor.Places[kind.Name];
        }

        while (!place.IsListed)
        {
            var page = await QueryAsync(fields, Condition(place), Order(), cancellationToken);
            foreach (var json in page.Records)
            {
                var record = new SalesforceRecord(json);
                yield return fields.Map(record, _records);
                place = place with { Modstamp = record.Text("SystemModstamp"), Id = record.Id };
            }

            place = place with { IsListed = page.Done && page.Records.Count < options.PageItemsMax };
            if (!place.IsListed && page.Records.Count == 0)
            {
                throw new SourceException(System.Net.HttpStatusCode.BadGateway, "Salesforce answered an empty page.");
            }

            _cursor = _cursor.With(kind.Name, place);
            yield return new SyncItem.Checkpoint(_cursor.Format());
        }
    }

    // Of very many records a job is made; what changes until it is done is left to pages.
    private async IAsyncEnumerable<SyncItem> ListByJobAsync(
        RecordKind kind, RecordFields fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bulk = new BulkListing(client, options, context, _records);
        var place = _cursor.Places[kind.Name];
        if (place.Job is null && await bulk.CountAsync(fields, cancellationToken) is { } count)
        {
            _expected += count;
            yield return new SyncItem.Progress(_expected);
            if (count <= options.PagedItemsMax)
            {
                yield break;
            }
        }

        await foreach (var step in bulk.RunAsync(fields, place, cancellationToken))
        {
            if (step.Item is { } item)
            {
                yield return item;
            }

            if (step.Place is { } reached)
            {
                _cursor = _cursor.With(kind.Name, reached);
                yield return new SyncItem.Checkpoint(_cursor.Format());
            }
        }
    }

    // A name of a related record may be hidden although the reference is not: then it is left out.
    private async Task<SalesforcePage> QueryAsync(
        RecordFields fields, string? condition, string order, CancellationToken cancellationToken)
    {
        try
        {
            return await client.QueryAsync(context.Account, fields.Select(condition) + order, cancellationToken);
        }
        catch (SalesforceException refused) when (refused.Code is "INVALID_FIELD" && fields.LeaveNamesOut())
        {
            return await client.QueryAsync(context.Account, fields.Select(condition) + order, cancellationToken);
        }
    }

    private string Order() => FormattableString.Invariant($" ORDER BY SystemModstamp, Id LIMIT {options.PageItemsMax}");

    private static string? Condition(SalesforcePlace place)
    {
        if (SalesforceDates.Read(place.Modstamp) is not { } modstamp)
        {
            return null;
        }

        var time = SalesforceDates.Write(modstamp);
        return place.Id.Length == 0
            ? $"SystemModstamp >= {time}"
            : $"(SystemModstamp > {time} OR (SystemModstamp = {time} AND Id > '{place.Id}'))";
    }
}
