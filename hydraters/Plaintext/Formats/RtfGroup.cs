namespace AnyFetch.Hydraters.Plaintext.Formats;

/// <summary>What a group of an RTF file inherits from the one around it.</summary>
internal readonly record struct RtfGroup
{
    public RtfGroup()
    {
    }

    /// <summary>Whether the group's content is shown.</summary>
    internal bool IsHidden { get; init; }

    internal bool IsBold { get; init; }

    /// <summary>Characters that follow a <c>\u</c> for readers that do not know it.</summary>
    internal int UnicodeSkip { get; init; } = 1;

    /// <summary>The number of the current font.</summary>
    internal int Font { get; init; } = -1;

    internal RtfDestination Destination { get; init; }
}

/// <summary>Where the text of a group goes.</summary>
internal enum RtfDestination
{
    Body,
    FontTable,
    Title,
    Author,
}
