namespace AnyFetch.Mime;

/// <summary>A file that stood in the text of a mail, uuencoded.</summary>
/// <param name="Name">The name that the sender gave. It may hold anything: never use it as a path.</param>
/// <param name="Content">The decoded content.</param>
public sealed record UuFile(string Name, byte[] Content);
