using System.Text.Json;
using AnyFetch.Core.Users;

namespace AnyFetch.Api.Representations;

/// <summary>Writes users (api.md §4).</summary>
internal static class UserWriter
{
    public static void Write(Utf8JsonWriter writer, User user, string baseUrl)
    {
        writer.WriteStartObject();
        writer.WriteString("_type"u8, "User"u8);
        writer.WriteId("id"u8, user.Id.Value);
        writer.WriteString("email"u8, user.Email);
        writer.WriteString("name"u8, user.Name);
        writer.WriteBoolean("is_admin"u8, user.IsAdmin);
        writer.WriteString("user_url"u8, $"{baseUrl}/users/{user.Id}");
        writer.WriteEndObject();
    }
}
