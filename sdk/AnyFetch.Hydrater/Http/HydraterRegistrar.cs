using AnyFetch.Client;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydrater.Http;

/// <summary>
/// Tells the core about the hydraters of a host (hydration.md §9). A core that cannot be reached yet is asked again; one that
/// refuses is not.
/// </summary>
internal sealed class HydraterRegistrar(HydraterHostOptions options, TimeProvider time, ILogger logger)
{
    internal async Task RunAsync(IReadOnlyCollection<HydraterDescriptor> descriptors, CancellationToken stop)
    {
        if (options.Core is not { } core || options.PublicUrl is not { } own)
        {
            return;
        }

        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RegisterAsync(core, own, descriptors, stop).ConfigureAwait(false);
                return;
            }
            catch (AnyFetchException refusal)
            {
                HostLog.RegistrationRefused(logger, (int)refusal.Status, refusal.Message);
                return;
            }
            catch (HttpRequestException error)
            {
                HostLog.CoreUnreachable(logger, error.HttpRequestError.ToString());
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(options.RegistrationRetrySeconds), time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RegisterAsync(
        AnyFetchClient core, Uri own, IReadOnlyCollection<HydraterDescriptor> descriptors, CancellationToken stop)
    {
        var known = await core.Hydraters.ListAsync(stop).ConfigureAwait(false);
        foreach (var descriptor in descriptors)
        {
            // The others' names are the core's to explain; one of the same name there is another hydrater.
            string UrlOf(string name) => known.FirstOrDefault(h => h.ShortName == name) is { } other
                && name != descriptor.ShortName ? other.Url : new Uri(own, $"hydraters/{name}/hydrate").AbsoluteUri;
            var record = HydraterRegistration.Of(descriptor, UrlOf);
            var draft = new HydraterDraft
            {
                Url = record.Url,
                ShortName = record.ShortName,
                Description = record.Description,
                Filters = record.Filters,
                Priority = record.Priority,
                Excludes = [.. record.Excludes.Where(url => known.Any(h => h.Url == url))],
                RerunOn = record.RerunOn,
            };
            await core.Hydraters.PutAsync(draft, stop).ConfigureAwait(false);
            HostLog.Registered(logger, descriptor.ShortName);
        }
    }
}
