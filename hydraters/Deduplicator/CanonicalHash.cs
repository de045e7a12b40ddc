using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AnyFetch.Hydraters.Deduplicator;

/// <summary>
/// The SHA-1 of the canonical form of a document's metadata (hydraters.md §14): sorted keys, sorted lists, plain numbers,
/// everything else as quoted text. It finds equal documents and protects nothing.
/// </summary>
internal static class CanonicalHash
{
    /// <summary>Where the hash itself stands.</summary>
    internal const string Key = "hash";

    /// <summary>The hash in 40 hex digits.</summary>
    /// <param name="metadata">The metadata; its own hash does not count.</param>
    /// <param name="keys">The keys that count; none stands for all.</param>
    internal static string Of(JsonElement metadata, IReadOnlyList<string> keys)
    {
        var text = new StringBuilder();
        WriteObject(text, metadata.EnumerateObject().Where(
            member => member.Name != Key && (keys.Count == 0 || keys.Contains(member.Name, StringComparer.Ordinal))));
#pragma warning disable CA5350 // The contract names SHA-1; an equal hash is only a reason to compare.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        foreach (var chunk in text.GetChunks())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(chunk.ToArray()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value.EnumerateObject());
                break;
            case JsonValueKind.Array:
                WriteList(text, value);
                break;
            case JsonValueKind.Number:
                text.Append(Plain(value));
                break;
            case JsonValueKind.Null:
                text.Append("null");
                break;
            case JsonValueKind.String:
                WriteText(text, value.GetString()!);
                break;
            default:
                WriteText(text, value.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, IEnumerable<JsonProperty> members)
    {
        text.Append('{');
        var start = text.Length;
        foreach (var member in members.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            text.Append(text.Length == start ? "" : ",");
            WriteText(text, member.Name);
            Write(text.Append(':'), member.Value);
        }

        text.Append('}');
    }

    private static void WriteList(StringBuilder text, JsonElement list)
    {
        var items = list.EnumerateArray().Select(item =>
        {
            var one = new StringBuilder();
            Write(one, item);
            return one.ToString();
        });
        text.Append('[').AppendJoin(',', items.Order(StringComparer.Ordinal)).Append(']');
    }

    private static void WriteText(StringBuilder text, string value) =>
        text.Append('"').Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');

    /// <summary>1.50 and 15e-1 are 1.5. What no decimal holds is written as the shortest number that reads the same.</summary>
    private static string Plain(JsonElement number) => number.TryGetDecimal(out var exact)
        ? exact.ToString("0.############################", CultureInfo.InvariantCulture)
        : number.GetDouble().ToString("R", CultureInfo.InvariantCulture);
}
