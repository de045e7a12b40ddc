using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;

namespace AnyFetch.Api.Representations;

/// <summary>A token with its application, which basic tokens do not have.</summary>
internal sealed record Provider(AccessToken Token, Client? Client);

/// <summary>What the list of providers tells of each one more than documents do.</summary>
internal readonly record struct ProviderDetails(
    bool IsCurrent,
    bool IsProviding,
    long DocumentCount,
    DateTimeOffset? Updated);

/// <summary>Writes tokens as providers (api.md §4). The secret is never part of it.</summary>
internal static class AccessTokenWriter
{
    /// <summary>The short form, as a value.</summary>
    public static void WriteShort(Utf8JsonWriter writer, Provider? provider, long? documentCount = null)
    {
        if (provider is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        WriteShared(writer, provider, isLong: false);
        if (documentCount is { } count)
        {
            writer.WriteNumber("document_count"u8, count);
        }

        writer.WriteEndObject();
    }

    /// <summary>The form of <c>GET /providers</c>.</summary>
    public static void WriteLong(Utf8JsonWriter writer, Provider provider, ProviderDetails details)
    {
        writer.WriteStartObject();
        WriteShared(writer, provider, isLong: true);
        writer.WriteBoolean("require_refresh"u8, provider.Token.RequireRefresh);
        writer.WriteTexts("scopes"u8, ScopeNames.ToNames(provider.Token.Scopes));
        writer.WriteBoolean("current"u8, details.IsCurrent);
        writer.WriteNumber("document_count"u8, details.DocumentCount);
        writer.WriteDate("updated"u8, details.Updated);
        writer.WriteBoolean("providing"u8, details.IsProviding);
        writer.WriteEndObject();
    }

    private static void WriteShared(Utf8JsonWriter writer, Provider provider, bool isLong)
    {
        writer.WriteString("_type"u8, "AccessToken"u8);
        writer.WriteId("id"u8, provider.Token.Id.Value);
        writer.WritePropertyName("client"u8);
        WriteClient(writer, provider.Client, isLong);
        writer.WriteBoolean("is_basic_token"u8, provider.Token.IsBasicToken);
        writer.WriteString("account_name"u8, provider.Token.AccountName);
        writer.WriteDate("last_used"u8, provider.Token.LastUsed);
    }

    private static void WriteClient(Utf8JsonWriter writer, Client? client, bool isLong)
    {
        if (client is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("_type"u8, "Client"u8);
        writer.WriteId("id"u8, client.Id.Value);
        writer.WriteString("name"u8, client.Name);
        if (isLong)
        {
            writer.WriteBoolean("oauth_app"u8, client.IsOAuthApp);
        }

        writer.WriteEndObject();
    }
}
