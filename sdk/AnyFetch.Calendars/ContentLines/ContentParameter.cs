namespace AnyFetch.Calendars.ContentLines;

/// <summary>One value of a parameter; <c>TYPE=home,work</c> is two.</summary>
/// <param name="Name">The name in upper case.</param>
/// <param name="Value">The value without quotes.</param>
public readonly record struct ContentParameter(string Name, string Value);
