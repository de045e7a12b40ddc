using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AnyFetch.Provider;

namespace AnyFetch.Providers.Salesforce.Bulk;

/// <summary>
/// Query jobs of the Bulk API 2.0, of one account. Deleted records are asked for apart, so that a job is always a
/// <c>query</c>.
/// </summary>
internal sealed class BulkClient(SalesforceClient client, SourceAccount account, SalesforceProviderOptions options)
{
    private const string Jobs = "jobs/query";

    /// <summary>Makes a job.</summary>
    public Task<BulkJob> CreateAsync(string query, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["operation"] = "query", ["query"] = query, ["contentType"] = "CSV", ["columnDelimiter"] = "COMMA",
            ["lineEnding"] = "LF",
        };
        return client.CallAsync(
            account, HttpMethod.Post, Jobs, body, SalesforceJson.Default.BulkJob, cancellationToken);
    }

    /// <summary>A job; null when Salesforce knows it no longer.</summary>
    public async Task<BulkJob?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CallAsync(
                account, HttpMethod.Get, Path(id), body: null, SalesforceJson.Default.BulkJob, cancellationToken);
        }
        catch (SalesforceException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Some results of a job that is done, which the caller disposes; null when they are no longer to be had.
    /// </summary>
    public async Task<BulkResults?> OpenAsync(string id, string? locator, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"maxRecords={options.BulkPageItemsMax}");
        if (locator is not null)
        {
            query += "&locator=" + Uri.EscapeDataString(locator);
        }

        try
        {
            var response = await client.SendAsync(
                account, HttpMethod.Get, $"{Path(id)}/results?{query}", body: null, cancellationToken);
            return new BulkResults(response, options.BulkRecordBytesMax);
        }
        catch (SalesforceException refused) when (!refused.IsRetryable)
        {
            return null;
        }
    }

    /// <summary>Gives a job back, whatever becomes of that: Salesforce forgets it by itself after seven days.</summary>
    public async Task DiscardAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindAsync(id, cancellationToken) is not { } job)
            {
                return;
            }

            if (!job.IsDone && !job.IsLost)
            {
                using var aborted = await client.SendAsync(
                    account, HttpMethod.Patch, Path(id), new JsonObject { ["state"] = "Aborted" }, cancellationToken);
            }

            using var deleted = await client.SendAsync(
                account, HttpMethod.Delete, Path(id), body: null, cancellationToken);
        }
        catch (Exception failure) when (failure is SourceException or HttpRequestException or IOException or TimeoutException)
        {
            // It costs Salesforce some space, and nobody else anything.
        }
    }

    private static string Path(string id) => $"{Jobs}/{Uri.EscapeDataString(id)}";
}
