namespace AnyFetch.Providers.Evernote;

/// <summary>Evernote's times: milliseconds since 1970, where a note may claim any number.</summary>
internal static class EvernoteTime
{
    private static readonly long Least = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Most = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset? Date(long? milliseconds) => milliseconds is { } time
        ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(time, Least, Most))
        : null;
}
