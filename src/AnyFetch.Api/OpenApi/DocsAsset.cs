using System.Reflection;
using System.Security.Cryptography;

namespace AnyFetch.Api.OpenApi;

/// <summary>A file of the page that shows the document, kept inside the assembly.</summary>
internal sealed record DocsAsset(byte[] Content, string ContentType, string Tag)
{
    public static DocsAsset Page { get; } = Load("docs.html", "text/html; charset=utf-8");

    public static DocsAsset Style { get; } = Load("docs.css", "text/css; charset=utf-8");

    public static DocsAsset Script { get; } = Load("docs.js", "text/javascript; charset=utf-8");

    private static DocsAsset Load(string name, string contentType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("openapi/page/" + name)
            ?? throw new InvalidOperationException($"The resource '{name}' is not in the assembly.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var hash = SHA256.HashData(content);
        return new DocsAsset(content, contentType, $"\"{Convert.ToHexStringLower(hash.AsSpan(0, 12))}\"");
    }
}
