using System.Buffers;
using System.Text.Json;
using AnyFetch.Core.Json;

namespace AnyFetch.Core.Documents;

/// <summary>
/// Remembers what clients changed while hydraters are at work on a document, so that an answer that comes later can leave it
/// alone (hydration.md §6, <c>ProtectClientEdits</c>). Pure.
/// </summary>
public static class ClientEdits
{
    /// <summary>Keys that are remembered one by one; beyond them the whole map counts.</summary>
    public const int KeysMax = 100;

    private const string Metadata = "metadata";
    private const string Data = "data";

    /// <summary>The merged document with the keys of a client's change noted, if hydraters are at work on it.</summary>
    public static Document Note(Document merged, DocumentChange change)
    {
        if (!merged.Hydration.IsHydrating)
        {
            return merged;
        }

        var keys = KeysOf(change).Concat(merged.Hydration.ClientKeys).Distinct(StringComparer.Ordinal).ToList();
        if (keys.Count > KeysMax)
        {
            keys = [.. keys.Select(key => key.Split('.')[0]).Distinct(StringComparer.Ordinal)];
        }

        return keys.Count == merged.Hydration.ClientKeys.Count
            ? merged : merged with { Hydration = merged.Hydration with { ClientKeys = keys } };
    }

    /// <summary>An answer without the keys that clients have set since the hydrater was called.</summary>
    public static DocumentChange Without(DocumentChange answer, IReadOnlyList<string> clientKeys)
    {
        if (clientKeys.Count == 0)
        {
            return answer;
        }

        Optional<T> Unless<T>(string key, Optional<T> value) => clientKeys.Contains(key) ? default : value;
        return answer with
        {
            Type = Unless("document_type", answer.Type),
            CreationDate = Unless("creation_date", answer.CreationDate),
            ModificationDate = Unless("modification_date", answer.ModificationDate),
            Actions = Unless("actions", answer.Actions),
            Related = Unless("related", answer.Related),
            UserAccess = Unless("user_access", answer.UserAccess),
            Metadata = Without(answer.Metadata, Metadata, clientKeys),
            Data = Without(answer.Data, Data, clientKeys),
        };
    }

    private static IEnumerable<string> KeysOf(DocumentChange change)
    {
        (string Key, bool IsSet)[] others =
        [
            ("document_type", change.Type.HasValue), ("creation_date", change.CreationDate.HasValue),
            ("modification_date", change.ModificationDate.HasValue), ("actions", change.Actions.HasValue),
            ("related", change.Related.HasValue), ("user_access", change.UserAccess.HasValue),
        ];
        return others.Where(other => other.IsSet).Select(other => other.Key)
            .Concat(KeysOf(change.Metadata, Metadata)).Concat(KeysOf(change.Data, Data));
    }

    private static IEnumerable<string> KeysOf(JsonFields map, string name) =>
        map.IsEmpty ? [] : map.Element.EnumerateObject().Select(property => $"{name}.{property.Name}");

    private static JsonFields Without(JsonFields map, string name, IReadOnlyList<string> clientKeys)
    {
        if (map.IsEmpty || clientKeys.Contains(name))
        {
            return JsonFields.Empty;
        }

        var properties = map.Element.EnumerateObject().ToList();
        var kept = properties.FindAll(property => !clientKeys.Contains($"{name}.{property.Name}"));
        if (kept.Count == properties.Count)
        {
            return map;
        }

        var buffer = new ArrayBufferWriter<byte>(map.Utf8.Length);
        using (var writer = new Utf8JsonWriter(buffer, JsonFieldsMerge.WriterOptions))
        {
            writer.WriteStartObject();
            kept.ForEach(property => property.WriteTo(writer));
            writer.WriteEndObject();
        }

        return JsonFields.FromTrusted(buffer.WrittenMemory);
    }
}
