using System.Globalization;

namespace AnyFetch.Hydraters.Enex;

/// <summary>One note of an export, as it stands there.</summary>
internal sealed class EnexNote
{
    private const string DateForm = "yyyyMMdd'T'HHmmss'Z'";

    internal string Title { get; set; } = "";

    /// <summary>Its markup; null when it is too long, or was not asked for.</summary>
    internal string? Markup { get; set; }

    /// <summary>When it was made, as Evernote writes it; empty when nothing says so.</summary>
    internal string Created { get; set; } = "";

    internal string Updated { get; set; } = "";

    internal List<string> Tags { get; } = [];

    internal List<EnexResource> Resources { get; } = [];

    internal static DateTimeOffset? DateOf(string text) => DateTimeOffset.TryParseExact(
        text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
}
