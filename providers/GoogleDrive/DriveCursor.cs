using System.Text.Json;
using AnyFetch.Provider;

namespace AnyFetch.Providers.GoogleDrive;

/// <summary>How far a person's own files and each shared drive were read.</summary>
/// <param name="Logs">The person's own first.</param>
internal sealed record DriveCursor(List<DriveLog> Logs)
{
    /// <summary>Reads a stored cursor; an empty one when there is none.</summary>
    /// <exception cref="CursorExpiredException">It is of another kind.</exception>
    public static DriveCursor Read(string? text)
    {
        try
        {
            return text is null ? new([]) : JsonSerializer.Deserialize(text, DriveJson.Default.DriveCursor) ?? new([]);
        }
        catch (JsonException unknown)
        {
            throw new CursorExpiredException("The cursor is none of this provider's.", unknown);
        }
    }

    public SyncItem.Checkpoint ToCheckpoint() => new(JsonSerializer.Serialize(this, DriveJson.Default.DriveCursor));
}

/// <summary>
/// One log of changes. Its start is asked for before the files are listed, so that nothing falls between the two.
/// </summary>
internal sealed record DriveLog
{
    /// <summary>The shared drive; null for the person's own.</summary>
    public string? Drive { get; init; }

    /// <summary>The shared drive's name, which the paths begin with.</summary>
    public string? Name { get; set; }

    /// <summary>Where the changes go on.</summary>
    public required string Token { get; set; }

    /// <summary>Where the listing goes on; null at its beginning and after its end.</summary>
    public string? Page { get; set; }

    public bool IsListed { get; set; }
}
