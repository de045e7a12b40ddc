namespace AnyFetch.Storage.Migrations;

/// <summary>The store's schema cannot be used by this version of AnyFetch.</summary>
public sealed class SchemaException(string message) : IOException(message)
{
    internal static SchemaException Newer(int stored, int known) => new(
        $"The store has schema version {stored}, and this AnyFetch knows versions up to {known}. "
        + "Start the newer AnyFetch that wrote it, or restore a backup made before the update.");
}
