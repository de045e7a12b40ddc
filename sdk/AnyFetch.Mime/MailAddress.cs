namespace AnyFetch.Mime;

/// <summary>Somebody named in a header field (RFC 5322 §3.4).</summary>
/// <param name="Address">The address as it was written, such as <c>ada@example.test</c>; empty when only a name was
/// given.</param>
/// <param name="Name">The decoded display name, or the comment that stood for it; empty when there was none.</param>
public sealed record MailAddress(string Address, string Name);
