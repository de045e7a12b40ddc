using System.Buffers;
using System.Text.Json;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Users;

namespace AnyFetch.Storage.Database;

/// <summary>Lists in a column: texts as a JSON array, ids one after the other.</summary>
internal static class ListCodec
{
    public static ReadOnlyMemory<byte> WriteTexts(IReadOnlyList<string> texts)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }

    public static IReadOnlyList<string> ReadTexts(byte[]? json)
    {
        if (json is null)
        {
            return [];
        }

        using var parsed = JsonDocument.Parse(json);
        return [.. parsed.RootElement.EnumerateArray().Select(text => text.GetString()!)];
    }

    public static byte[]? WriteUsers(IReadOnlyList<UserId>? users)
    {
        if (users is null)
        {
            return null;
        }

        var bytes = new byte[users.Count * ObjectId.ByteCount];
        for (var index = 0; index < users.Count; index++)
        {
            users[index].Value.Write(bytes.AsSpan(index * ObjectId.ByteCount));
        }

        return bytes;
    }

    public static IReadOnlyList<UserId>? ReadUsers(byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        var users = new UserId[bytes.Length / ObjectId.ByteCount];
        for (var index = 0; index < users.Length; index++)
        {
            users[index] = new UserId(ObjectId.Read(bytes.AsSpan(index * ObjectId.ByteCount)));
        }

        return users;
    }
}
