namespace AnyFetch.Calendars.ContentLines;

/// <summary>How much of a calendar or an address book is read. What goes beyond a limit is left out, never an error.</summary>
public sealed record ContentLimits
{
    /// <summary>Characters of one unfolded line; the rest of it is dropped. Default 2,000,000 (photos come inline).</summary>
    public int LineCharactersMax { get; init; } = 2_000_000;

    /// <summary>Lines of one text, after unfolding. Default 1,000,000.</summary>
    public int LinesMax { get; init; } = 1_000_000;

    /// <summary>Parameters of one line. Default 100.</summary>
    public int ParametersMax { get; init; } = 100;

    /// <summary>Properties of one event, card or zone. Default 5,000 (every attendee is one).</summary>
    public int PropertiesMax { get; init; } = 5_000;

    /// <summary>Events, tasks or cards of one text. Default 10,000.</summary>
    public int EntriesMax { get; init; } = 10_000;

    /// <summary>Time zones that a calendar defines. Default 200.</summary>
    public int ZonesMax { get; init; } = 200;

    /// <summary>Components inside one another. Default 16.</summary>
    public int DepthMax { get; init; } = 16;
}
