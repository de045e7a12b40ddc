using System.Security.Cryptography;
using System.Text;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Json;

namespace AnyFetch.Hydration.Rounds;

/// <summary>
/// Lets a finished hydrater run again when what it read was changed (hydration.md §6, <c>rerun_on</c>). A run remembers a
/// digest of its keys: what they held when the hydrater was called, or after its own answer when nobody else changed them.
/// </summary>
internal static class RerunKeys
{
    private const int DigestBytes = 15;

    /// <summary>A digest of the keys' values, or null when there are no keys.</summary>
    internal static string? DigestOf(Document document, IReadOnlyList<string> keys)
    {
        if (keys.Count == 0)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var key in keys)
        {
            Add(hash, Encoding.UTF8.GetBytes(key));
            Add(hash, ValueOf(document, key));
        }

        return Convert.ToBase64String(hash.GetHashAndReset().AsSpan(0, DigestBytes));
    }

    /// <summary>The run after its hydrater's answer became part of the document.</summary>
    internal static HydraterRun Answered(HydraterRun run, Document before, Document after, IReadOnlyList<string> keys) =>
        run.ReadKeys is { } read && read == DigestOf(before, keys) ? run with { ReadKeys = DigestOf(after, keys) } : run;

    /// <summary>
    /// The document without the runs whose keys were changed since. A change by a client begins to count rounds anew: the
    /// bound is against hydraters that go round in circles.
    /// </summary>
    internal static Document WithoutStale(Document document, HydraterStack stack, RoundTrigger trigger)
    {
        var state = document.Hydration;
        if (!state.Runs.Any(run => IsStale(run, document, stack)))
        {
            return document;
        }

        var isClient = trigger == RoundTrigger.Client && !state.IsHydrating;
        return document with
        {
            Hydration = state with
            {
                Runs = [.. state.Runs.Where(run => !IsStale(run, document, stack))],
                Rounds = isClient ? 0 : state.Rounds,
            },
        };
    }

    private static bool IsStale(HydraterRun run, Document document, HydraterStack stack) =>
        run.ReadKeys is { } read && run.State != HydraterRunState.Hydrating
        && stack.Find(run.Url) is { Hydrater.RerunOn: { Count: > 0 } keys } && DigestOf(document, keys) != read;

    private static ReadOnlySpan<byte> ValueOf(Document document, string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var fields = (dot < 0 ? key : key[..dot]) switch
        {
            "metadata" => document.Metadata,
            "data" => document.Data,
            "actions" => document.Actions,
            _ => JsonFields.Empty,
        };
        return dot < 0 ? fields.Utf8.Span
            : fields.TryGet(key[(dot + 1)..], out var value) ? Encoding.UTF8.GetBytes(value.GetRawText()) : [];
    }

    /// <summary>The length goes first, so that two neighbours cannot trade bytes.</summary>
    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
