using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyFetch.Emulators.Google;

/// <summary>
/// What Cloud Pub/Sub sends to a push subscription, as its guide shows it: a message in an envelope, and a signed token of OpenID
/// Connect; with the keys that Google publishes for it.
/// </summary>
public sealed class PubSubPush(TimeProvider time) : IDisposable
{
    public const string Audience = "https://search.example.com/gmail-notices";
    public const string Account = "gmail-push@project.iam.gserviceaccount.test";
    public const string Topic = "projects/project/topics/gmail";

    private const int TokenSeconds = 3600;

    private RSA _key = RSA.Create(2048);
    private int _keys = 1;

    /// <summary>What the subscription's service account claims.</summary>
    public JsonObject Claims() => new()
    {
        ["iss"] = "https://accounts.google.com",
        ["aud"] = Audience,
        ["azp"] = "113774264463038321964",
        ["sub"] = "113774264463038321964",
        ["email"] = Account,
        ["email_verified"] = true,
        ["iat"] = time.GetUtcNow().ToUnixTimeSeconds(),
        ["exp"] = time.GetUtcNow().ToUnixTimeSeconds() + TokenSeconds,
    };

    /// <summary>The published keys (RFC 7517).</summary>
    public string Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = KeyId,
                ["n"] = WebEncoders.Base64UrlEncode(key.Modulus!),
                ["e"] = WebEncoders.Base64UrlEncode(key.Exponent!),
            }),
        }.ToJsonString();
    }

    /// <summary>Signs with another key from now on.</summary>
    public void Rotate()
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        _keys++;
    }

    /// <summary>A token over claims; by default the genuine ones with the genuine key.</summary>
    public string Token(JsonObject? claims = null, RSA? key = null) => Sign(
        Header("RS256"),
        claims ?? Claims(),
        bytes => (key ?? _key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>A token that says it is not signed.</summary>
    public string Unsigned() => Sign(Header("none"), Claims(), _ => []);

    /// <summary>A token that uses the public key as if it were a shared secret.</summary>
    public string SignedWithPublicKey() => Sign(
        Header("HS256"), Claims(), bytes => HMACSHA256.HashData(Encoding.UTF8.GetBytes(_key.ExportRSAPublicKeyPem()), bytes));

    /// <summary>The call's body for a change of a mailbox.</summary>
    public static byte[] Body(string mailbox, string historyId = "9876543210")
    {
        var data = Encoding.UTF8.GetBytes($$"""{"emailAddress": "{{mailbox}}", "historyId": {{historyId}}}""");
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["message"] = new JsonObject
            {
                ["data"] = Convert.ToBase64String(data),
                ["messageId"] = "2070443601311540",
                ["message_id"] = "2070443601311540",
                ["publishTime"] = "2021-02-26T19:13:55.749Z",
                ["publish_time"] = "2021-02-26T19:13:55.749Z",
            },
            ["subscription"] = "projects/project/subscriptions/gmail-push",
        }.ToJsonString());
    }

    public void Dispose() => _key.Dispose();

    private string KeyId => "key-" + _keys;

    private JsonObject Header(string algorithm) => new() { ["alg"] = algorithm, ["kid"] = KeyId, ["typ"] = "JWT" };

    private static string Sign(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var signed = Encode(header.ToJsonString()) + "." + Encode(claims.ToJsonString());
        return signed + "." + WebEncoders.Base64UrlEncode(sign(Encoding.ASCII.GetBytes(signed)));
    }

    private static string Encode(string text) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text));
}
