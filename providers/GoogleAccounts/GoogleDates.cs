namespace AnyFetch.Providers.GoogleAccounts;

/// <summary>When what Google ends by itself is asked for again.</summary>
internal static class GoogleDates
{
    // Six sevenths: of a week, a day is left in which a Google that is away for hours can be asked again and again.
    private const double RenewShare = 6.0 / 7;

    private static readonly TimeSpan ShortestLife = TimeSpan.FromHours(1);

    /// <summary>After which time something is renewed.</summary>
    /// <param name="now">Now.</param>
    /// <param name="endsMilliseconds">When it ends, in milliseconds since 1970; null when Google does not say.</param>
    public static TimeSpan RenewAfter(DateTimeOffset now, long? endsMilliseconds)
    {
        var life = endsMilliseconds is { } ends ? DateTimeOffset.FromUnixTimeMilliseconds(ends) - now : ShortestLife;
        return life * RenewShare;
    }
}
