namespace AnyFetch.Calendars.Contacts;

/// <summary>A card of an address book (RFC 6350). What the card does not say is null or empty.</summary>
public sealed record Contact
{
    /// <summary>The worldwide name, or null.</summary>
    public string? Uid { get; init; }

    /// <summary>The name as it is shown: <c>FN</c>, else made of the parts of <c>N</c>, else the organisation.</summary>
    public string? Name { get; init; }

    /// <summary>The given name.</summary>
    public string? GivenName { get; init; }

    /// <summary>The family name.</summary>
    public string? FamilyName { get; init; }

    /// <summary>What friends say.</summary>
    public string? Nickname { get; init; }

    /// <summary>The day of birth; null as well when the card leaves out the year.</summary>
    public DateOnly? Birthday { get; init; }

    /// <summary>The job.</summary>
    public string? JobTitle { get; init; }

    /// <summary>The organisation with its units, separated by commas.</summary>
    public string? Organization { get; init; }

    /// <summary>Phone numbers.</summary>
    public IReadOnlyList<ContactDetail> Phones { get; init; } = [];

    /// <summary>Mail addresses.</summary>
    public IReadOnlyList<ContactDetail> Emails { get; init; } = [];

    /// <summary>Postal addresses on one line each.</summary>
    public IReadOnlyList<ContactDetail> Addresses { get; init; } = [];

    /// <summary>Web addresses.</summary>
    public IReadOnlyList<string> Websites { get; init; } = [];

    /// <summary>The groups that the owner sorted the card into (<c>CATEGORIES</c>).</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Notes.</summary>
    public string? Note { get; init; }

    /// <summary>The picture.</summary>
    public ContactPhoto? Photo { get; init; }
}
