using System.Text.Json;
using AnyFetch.Cli.Output;

namespace AnyFetch.Cli.Profiles;

/// <summary>
/// Remembers the server of the last <c>up</c> or <c>login</c> in files that only their owner reads: one in the data
/// directory, and one in the user's configuration for commands that are typed elsewhere.
/// </summary>
internal static class ProfileFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The profile to use: of the data directory if that has one, else of the user; or null.</summary>
    public static ServerProfile? Find(string? data) =>
        (data is null ? null : Read(InData(data))) ?? Read(InHome());

    /// <summary>Remembers a profile.</summary>
    public static void Save(ServerProfile profile)
    {
        Write(InHome(), profile);
        if (profile.Data is { } data)
        {
            Write(InData(data), profile);
        }
    }

    private static string InData(string data) => Path.Combine(data, "client.json");

    private static string InHome() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "anyfetch",
        "client.json");

    private static ServerProfile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CliJson.Default.ServerProfile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Written beside and moved into place, so that a reader never sees half of it.</summary>
    private static void Write(string path, ServerProfile profile)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = $"{path}.{Environment.ProcessId}";
        using (var file = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            JsonSerializer.Serialize(file, profile, CliJson.Default.ServerProfile);
        }

        File.Move(next, path, overwrite: true);
    }
}
