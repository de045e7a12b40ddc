namespace AnyFetch.Hydraters.Image;

/// <summary>
/// What <c>vips</c> says of a picture that it cannot read, without what tells nothing to whom the picture belongs: which
/// program spoke and when, the task's own names, readers that were tried in vain and may not be.
/// </summary>
internal static class VipsErrors
{
    private static readonly string[] s_speakers = ["vips: ", "vipsheader: "];
    private static readonly string[] s_noise =
        ["WARNING **", "CRITICAL **", ": bad seek to ", ": operation is blocked", ": unable to write to target"];

    private const string NothingSaid = "its content cannot be read";

    /// <summary>The lines that say something about the picture whose file has this name.</summary>
    internal static string Plain(string error, string fileName) => Lines(error, fileName) is { Length: > 0 } lines ? lines : NothingSaid;

    private static string Lines(string error, string fileName) => string.Join('\n', error.Split('\n')
        .Select(static line => Unsigned(line.Trim()))
        .Where(line => line.Length > 0 && !s_noise.Any(noise => line.Contains(noise, StringComparison.Ordinal))
            && !line.Contains(fileName, StringComparison.Ordinal)));

    private static string Unsigned(string line) =>
        s_speakers.FirstOrDefault(speaker => line.StartsWith(speaker, StringComparison.Ordinal)) is { } speaker
            ? line[speaker.Length..]
            : line;
}
