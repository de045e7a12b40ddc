using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace AnyFetch.Manager.Frontend;

/// <summary>A file of the web frontend, kept inside the assembly.</summary>
internal sealed record Asset(byte[] Content, string ContentType, EntityTagHeaderValue Tag)
{
    private const string Prefix = "wwwroot/";

    private static readonly FileExtensionContentTypeProvider s_types = new();

    /// <summary>All files, by their path below the folder <c>wwwroot</c>.</summary>
    public static IReadOnlyDictionary<string, Asset> All { get; } = Load();

    private static Dictionary<string, Asset> Load()
    {
        var assembly = typeof(Asset).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var content = new byte[stream.Length];
                stream.ReadExactly(content);
                return new Asset(content, TypeOf(name), TagOf(content));
            });
    }

    private static string TypeOf(string name)
    {
        var type = s_types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        return type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
    }

    private static EntityTagHeaderValue TagOf(byte[] content) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"");
}
