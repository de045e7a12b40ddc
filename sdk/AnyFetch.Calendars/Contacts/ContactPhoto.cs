namespace AnyFetch.Calendars.Contacts;

/// <summary>A card's picture: an address, or the picture itself in base64.</summary>
/// <param name="Address">An absolute address, or null.</param>
/// <param name="Base64">The content in base64 without blanks, or null.</param>
public sealed record ContactPhoto(string? Address, string? Base64);
