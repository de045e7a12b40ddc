using System.Net;
using AnyFetch.Client;
using AnyFetch.Hydrater;

namespace AnyFetch.Hydraters.Ics;

/// <summary>Deletes the document of an event that was cancelled. One that is not there is as good as deleted.</summary>
internal static class EventDeletion
{
    internal static async Task DeleteAsync(
        HydrationContext context, string identifier, CancellationToken cancellationToken)
    {
        try
        {
            await context.RequireCore().Documents.DeleteAsync(DocumentRef.ByIdentifier(identifier), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AnyFetchException error) when (error.Status == HttpStatusCode.NotFound)
        {
            // It never was a document.
        }
    }
}
