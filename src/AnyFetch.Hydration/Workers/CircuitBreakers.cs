using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AnyFetch.Hydration.Workers;

/// <summary>
/// Leaves hydraters alone that cannot be reached (hydration.md §10, "Dead hydrater"): after a number of failed calls in a row
/// nobody calls for a while, then one success closes the circuit again.
/// </summary>
internal sealed class CircuitBreakers(IOptions<HydrationOptions> options, TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<string, Circuit> _circuits = new(StringComparer.Ordinal);

    /// <summary>When the hydrater may be called again; null for now.</summary>
    internal DateTimeOffset? OpenUntil(string url) =>
        _circuits.TryGetValue(url, out var circuit) && circuit.OpenUntil > timeProvider.GetUtcNow() ? circuit.OpenUntil : null;

    internal void Succeeded(string url) => _circuits.TryRemove(url, out _);

    /// <summary>Notes a failure. True when this one opened the circuit.</summary>
    internal bool Failed(string url)
    {
        var circuit = _circuits.AddOrUpdate(url, _ => new Circuit(1, default), (_, known) => Next(known));
        return circuit.Failures % options.Value.CircuitFailuresMax == 0;
    }

    private Circuit Next(Circuit known)
    {
        var failures = known.Failures + 1;
        return failures % options.Value.CircuitFailuresMax == 0
            ? new Circuit(failures, timeProvider.GetUtcNow() + TimeSpan.FromSeconds(options.Value.CircuitOpenSeconds))
            : known with { Failures = failures };
    }

    private sealed record Circuit(int Failures, DateTimeOffset OpenUntil);
}
