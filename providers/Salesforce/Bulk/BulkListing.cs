using System.Runtime.CompilerServices;
using AnyFetch.Provider;
using AnyFetch.Providers.Salesforce.Records;

namespace AnyFetch.Providers.Salesforce.Bulk;

/// <summary>
/// The listing of an object with very many records: a query job finds them all, in no order, and its results are read in
/// parts, each of which ends with a place to go on from. Where there is no job to be had, it leaves the object to pages.
/// </summary>
internal sealed class BulkListing(
    SalesforceClient client, SalesforceProviderOptions options, SyncContext context, RecordContext records)
{
    private readonly BulkClient _jobs = new(client, context.Account, options);

    /// <summary>Lists an object of which nothing was listed, or goes on with its job.</summary>
    public async IAsyncEnumerable<BulkStep> RunAsync(
        RecordFields fields, SalesforcePlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (place.Job is null)
        {
            place = place with { Job = await CreateAsync(fields, cancellationToken) };
            yield return new BulkStep(null, place.Job is null ? place with { IsPaged = true } : place);
        }

        while (place.Job is { } job)
        {
            using var results = await IsReadyAsync(job, cancellationToken)
                ? await _jobs.OpenAsync(job.Id, job.Locator, cancellationToken)
                : null;
            await foreach (var record in Read(results, fields, cancellationToken))
            {
                yield return new BulkStep(fields.Map(record, records), null);
            }

            place = Next(place, job, results);
            try
            {
                yield return new BulkStep(null, place);
            }
            finally
            {
                // Also when the listing is cut here. When it is stopped, Salesforce forgets the job by itself.
                if (place.Job is null && !cancellationToken.IsCancellationRequested)
                {
                    await _jobs.DiscardAsync(job.Id, cancellationToken);
                }
            }
        }
    }

    /// <summary>How many records there are; null when even counting takes Salesforce too long.</summary>
    public async Task<long?> CountAsync(RecordFields fields, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.QueryAsync(context.Account, fields.Count(), cancellationToken)).TotalSize;
        }
        catch (SalesforceException refused) when (refused.Code is "QUERY_TIMEOUT")
        {
            return null;
        }
    }

    private static IAsyncEnumerable<SalesforceRecord> Read(
        BulkResults? results, RecordFields fields, CancellationToken cancellationToken) =>
        results?.ReadAsync(fields, cancellationToken) ?? AsyncEnumerable.Empty<SalesforceRecord>();

    // Whatever Salesforce refuses to make a job of can still be asked for page by page.
    private async Task<BulkPlace?> CreateAsync(RecordFields fields, CancellationToken cancellationToken)
    {
        var now = context.TimeProvider.GetUtcNow();
        do
        {
            try
            {
                var job = await _jobs.CreateAsync(fields.Select(condition: null), cancellationToken);
                return new BulkPlace(job.Id, Locator: null, SalesforceDates.Read(job.CreatedDate) ?? now, now);
            }
            catch (SalesforceException refused) when (!refused.IsRetryable)
            {
                // The reason may be that a name of a related record is hidden.
            }
        }
        while (fields.LeaveNamesOut());
        fields.AskForNames();
        return null;
    }

    private async Task<bool> IsReadyAsync(BulkPlace job, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMilliseconds(options.BulkPollMilliseconds);
        var longest = TimeSpan.FromSeconds(options.BulkPollSecondsMax);
        while (true)
        {
            if (await _jobs.FindAsync(job.Id, cancellationToken) is not { IsLost: false } found)
            {
                return false;
            }

            if (found.IsDone)
            {
                return true;
            }

            if (context.TimeProvider.GetUtcNow() - job.Asked > TimeSpan.FromMinutes(options.BulkWaitMinutesMax))
            {
                return false;
            }

            await Task.Delay(wait, context.TimeProvider, cancellationToken);
            wait = wait * 2 < longest ? wait * 2 : longest;
        }
    }

    private SalesforcePlace Next(SalesforcePlace place, BulkPlace job, BulkResults? results)
    {
        if (results is null)
        {
            return place with { Job = null, IsPaged = true };
        }

        if (results.Next is not { } locator)
        {
            // What changed while the job ran, and what was slow to be stored, is asked for page by page.
            var since = job.Since.AddMinutes(-options.OverlapMinutes);
            return place with { Job = null, Modstamp = SalesforceDates.Write(since), Id = "" };
        }

        return locator != job.Locator
            ? place with { Job = job with { Locator = locator } }
            : throw new SourceException(
                System.Net.HttpStatusCode.BadGateway, "Salesforce's query job tells the same results over and over.");
    }
}
