namespace AnyFetch.Calendars.Contacts;

/// <summary>A phone number, a mail address or a postal address with what it is for.</summary>
/// <param name="Value">The value as people write it.</param>
/// <param name="Type">Such as <c>home</c>, <c>work</c>, <c>cell</c>, or a label of the owner's own; null when unsaid.</param>
public sealed record ContactDetail(string Value, string? Type);
