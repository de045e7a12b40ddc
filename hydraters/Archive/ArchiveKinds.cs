namespace AnyFetch.Hydraters.Archive;

/// <summary>The formats that are unpacked.</summary>
internal static class ArchiveKinds
{
    internal const string Zip = "application/zip";
    internal const string Gzip = "application/gzip";
    internal const string Tar = "application/x-tar";

    internal static readonly string[] ContentTypes = [Zip, Gzip, Tar];

    internal static bool IsArchive(string contentType) => ContentTypes.Contains(contentType, StringComparer.Ordinal);
}
